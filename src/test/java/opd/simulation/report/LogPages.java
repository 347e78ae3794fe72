package opd.simulation.report;

import static opd.testing.Clinic.reference;

import java.io.StringWriter;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import opd.domain.Actor;
import opd.domain.Days;
import opd.domain.RequestId;
import opd.domain.Slot;
import opd.domain.Token;
import opd.domain.TokenPriority;
import opd.report.Grouping;
import opd.report.LoggedDay;
import opd.report.Report;
import opd.report.Settled;
import opd.service.FacilityServices;
import opd.service.Request;
import opd.simulation.day.GeneratedDays;
import opd.testing.Clinic;

/// Pages about real days, one of each kind.
final class LogPages {
  static final String DAY = "a busy day";
  static final String SEVERAL_DAYS = "several days by doctor, most of them empty";
  static final String HOSTILE_ACTORS = "actors who are markup";
  static final String EVIL = "</script></title><img src=x onerror=\"alert('x')\">&amp;<!-- =1+1";

  private static final String FACILITY = "sunrise";

  private LogPages() {}

  /// By what they are of.
  static Map<String, String> make() throws SQLException {
    Map<String, String> pages = new LinkedHashMap<>();
    GeneratedDays.play(
        1,
        (day, desk) -> {
          Days one = Days.of(day.date());
          Days week = new Days(day.date().minusDays(3), day.date().plusDays(3));
          Settled.await(desk, week);
          pages.put(DAY, page(desk, asked(one, Optional.empty())));
          pages.put(
              "a busy day by priority", page(desk, asked(one, Optional.of(Grouping.PRIORITY))));
          pages.put(SEVERAL_DAYS, page(desk, asked(week, Optional.of(Grouping.DOCTOR))));
          pages.put("for everybody", page(desk, new Report.Asked(week, Optional.empty(), true)));
          Days empty = Days.of(day.date().plusDays(9));
          pages.put("an empty day", page(desk, asked(empty, Optional.of(Grouping.HOUR))));
        });
    try (Clinic clinic = Clinic.at("08:00")) {
      Days day = Days.of(LocalDate.parse(Clinic.DAY));
      Slot slot = clinic.aSlot(1);
      Token token = clinic.aToken(slot, TokenPriority.PAID);
      Settled.await(clinic.desk(), day);
      pages.put("a single token", page(clinic.desk(), asked(day, Optional.empty())));
      clinic
          .desk()
          .tokens()
          .cancel(
              new Request(new Actor(EVIL), new RequestId(UUID.randomUUID().toString())),
              reference(token),
              null);
      Settled.await(clinic.desk(), day);
      pages.put(HOSTILE_ACTORS, page(clinic.desk(), asked(day, Optional.of(Grouping.ACTOR))));
    }
    return pages;
  }

  private static Report.Asked asked(Days days, Optional<Grouping> by) {
    return new Report.Asked(days, by, false);
  }

  /// A page, with drawings if it is of one day.
  static String page(FacilityServices desk, Report.Asked asked) {
    List<LoggedDay> days = new ArrayList<>();
    Report report = desk.reports().of(asked, days::add);
    boolean isDrawn = asked.days().first().equals(asked.days().last());
    StringWriter page = new StringWriter();
    LogReport.write(report, FACILITY, isDrawn ? days.stream().findFirst() : Optional.empty(), page);
    return page.toString();
  }
}
