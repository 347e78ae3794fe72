package opd.simulation.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.WriterOutput;
import java.io.Writer;
import opd.simulation.day.DayResult;

/// Writes the page about a simulated day. The same day gives the same page.
public final class DayReport {
  private DayReport() {}

  /// @param command that plays the same day again, for the reader to copy
  public static void write(DayResult day, String command, Writer out) {
    TemplateEngine templates =
        TemplateEngine.createPrecompiled(
            null, ContentType.Html, DayReport.class.getClassLoader(), "opd.simulation.report");
    templates.render("day.jte", DayPage.of(day, command), new WriterOutput(out));
  }
}
