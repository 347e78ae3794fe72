package opd.simulation.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.WriterOutput;
import java.io.Writer;
import java.util.Optional;
import opd.report.LoggedDay;
import opd.report.Report;

/// Writes the page about real days, with the drawings of the simulated day's.
public final class LogReport {
  private LogReport() {}

  /// @param facility its name
  /// @param day to be drawn; empty for the figures alone
  public static void write(Report report, String facility, Optional<LoggedDay> day, Writer out) {
    TemplateEngine templates =
        TemplateEngine.createPrecompiled(
            null, ContentType.Html, LogReport.class.getClassLoader(), "opd.simulation.report");
    templates.render("report.jte", LogPage.of(report, facility, day), new WriterOutput(out));
  }
}
