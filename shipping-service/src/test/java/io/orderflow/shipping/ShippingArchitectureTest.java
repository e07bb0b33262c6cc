package io.orderflow.shipping;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import io.orderflow.messaging.testkit.ServiceArchitecture;

@AnalyzeClasses(packages = "io.orderflow.shipping", importOptions = DoNotIncludeTests.class)
class ShippingArchitectureTest {

    @ArchTest
    static final ArchTests rules = ArchTests.in(ServiceArchitecture.class);
}
