package io.orderflow.analytics;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import io.orderflow.messaging.testkit.ServiceArchitecture;

@AnalyzeClasses(packages = "io.orderflow.analytics", importOptions = DoNotIncludeTests.class)
class AnalyticsArchitectureTest {

    @ArchTest
    static final ArchTests rules = ArchTests.in(ServiceArchitecture.class);
}
