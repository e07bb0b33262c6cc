package io.orderflow.systemtests.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * The result of a test run.
 *
 * @param failed tests with a failed assertion
 * @param broken tests with another error, which does not count as detection
 */
record SurefireReports(TreeSet<String> failed, TreeSet<String> broken) {

    /** Awaitility's exception counts as a failed assertion. */
    private static final String AWAITILITY_TIMEOUT = "org.awaitility.core.ConditionTimeoutException";

    static void clear(Path folder) throws IOException {
        for (Path report : reports(folder)) {
            Files.delete(report);
        }
    }

    static SurefireReports read(Path folder) throws IOException {
        SurefireReports all = new SurefireReports(new TreeSet<>(), new TreeSet<>());
        try {
            for (Path report : reports(folder)) {
                NodeList cases = DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(report.toFile())
                        .getElementsByTagName("testcase");
                for (int i = 0; i < cases.getLength(); i++) {
                    all.add((Element) cases.item(i));
                }
            }
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException("The reports in " + folder + " cannot be parsed.", e);
        }
        return all;
    }

    private void add(Element test) {
        String name = test.getAttribute("classname").replaceFirst(".*\\.", "") + "."
                + test.getAttribute("name").replaceFirst("[({\\[].*", "");
        Element error = (Element) test.getElementsByTagName("error").item(0);
        if (test.getElementsByTagName("failure").getLength() > 0
                || error != null && error.getAttribute("type").equals(AWAITILITY_TIMEOUT)) {
            failed.add(name);
        } else if (error != null) {
            broken.add(name);
        }
    }

    private static List<Path> reports(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml"))
                    .toList();
        }
    }
}
