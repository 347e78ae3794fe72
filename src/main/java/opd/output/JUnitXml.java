package opd.output;

import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import opd.simulation.day.Check;
import opd.simulation.day.DayResult;
import opd.simulation.day.Step;

/// Simulated days as CI servers read them: a suite for each day, a test case for each check. A
/// check's time holds the work since the one before it.
public final class JUnitXml {
  private JUnitXml() {}

  public static String of(List<DayResult> days) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeCharacters("\n");
      xml.writeStartElement("testsuites");
      for (DayResult day : days) {
        suite(xml, day);
      }
      xml.writeCharacters("\n");
      xml.writeEndElement();
      xml.writeCharacters("\n");
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("a StringWriter takes everything", e);
    }
    return text.toString();
  }

  private static void suite(XMLStreamWriter xml, DayResult day) throws XMLStreamException {
    xml.writeCharacters("\n  ");
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", "opd simulate, seed " + day.seed());
    xml.writeAttribute("tests", Long.toString(day.passedChecks() + day.failedChecks()));
    xml.writeAttribute("failures", Long.toString(day.failedChecks()));
    xml.writeAttribute("errors", "0");
    xml.writeAttribute(
        "time",
        seconds(
            day.steps().stream()
                .flatMap(step -> step.times().stream())
                .reduce(Duration.ZERO, Duration::plus)));
    for (Step step : day.steps()) {
      for (int number = 0; number < step.checks().size(); number++) {
        testCase(xml, step, step.checks().get(number), step.times().get(number));
      }
    }
    xml.writeCharacters("\n  ");
    xml.writeEndElement();
  }

  private static void testCase(XMLStreamWriter xml, Step step, Check check, Duration time)
      throws XMLStreamException {
    xml.writeCharacters("\n    ");
    xml.writeStartElement("testcase");
    // A dot would be taken for a package.
    xml.writeAttribute("classname", "simulate." + step.step() + " " + step.name());
    xml.writeAttribute("name", visible(check.name()));
    xml.writeAttribute("time", seconds(time));
    if (!check.ok()) {
      xml.writeStartElement("failure");
      xml.writeAttribute("message", visible(check.detail()));
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.3f", time.toNanos() / 1e9);
  }

  /// XML has no way to write most control characters.
  private static String visible(String text) {
    return text.replaceAll("[\\p{Cntrl}\\uFFFE\\uFFFF]", "?");
  }
}
