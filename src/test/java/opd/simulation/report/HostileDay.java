package opd.simulation.report;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import opd.domain.DoctorCode;
import opd.domain.SlotLabel;
import opd.domain.SlotStatus;
import opd.domain.TokenLabel;
import opd.domain.TokenPriority;
import opd.domain.TokenSource;
import opd.domain.TokenStatus;
import opd.simulation.day.Check;
import opd.simulation.day.Consultation;
import opd.simulation.day.DayEvent;
import opd.simulation.day.DayRecord;
import opd.simulation.day.DayResult;
import opd.simulation.day.DoctorDay;
import opd.simulation.day.Figures;
import opd.simulation.day.SlotDay;
import opd.simulation.day.Step;
import opd.simulation.day.Totals;
import opd.simulation.day.Waits;

/// A day in which every text tries to break out of the page.
final class HostileDay {
  static final String EVIL = "</script></title><img src=x onerror=\"alert('x')\">&amp;<!--";

  private static final LocalDate DATE = LocalDate.of(2030, 1, 7);
  private static final Instant NINE = Instant.parse("2030-01-07T09:00:00Z");
  private static final SlotLabel SLOT = SlotLabel.of(new DoctorCode("RAO"), NINE, ZoneOffset.UTC);
  private static final Figures FIGURES =
      new Figures(2, 2, 0, 1, 0, 0, 0, 0, 1, 1, new Waits(1, 60, 60, 60, 1), 0, 0);

  private HostileDay() {}

  static DayResult result() {
    DayRecord record =
        new DayRecord(
            DATE,
            List.of(new DoctorDay(SLOT.doctor(), EVIL, EVIL, FIGURES)),
            List.of(
                new SlotDay(
                    SLOT, NINE, Instant.parse("2030-01-07T10:00:00Z"), 1, SlotStatus.COMPLETED, 0)),
            List.of(
                event(1, move(1, TokenPriority.PAID, null, TokenStatus.ACTIVE, null)),
                event(
                    2,
                    move(2, TokenPriority.EMERGENCY, null, TokenStatus.ACTIVE, null),
                    move(
                        1,
                        TokenPriority.PAID,
                        TokenStatus.ACTIVE,
                        TokenStatus.DISPLACED,
                        token(2)))),
            List.of(new Consultation(token(2), at(0), at(1), at(9))),
            FIGURES,
            Map.of(TokenPriority.PAID, FIGURES));
    return new DayResult(
        1,
        DATE,
        ZoneId.of("UTC"),
        List.of(new Step(1, EVIL, List.of(new Check(EVIL, false, EVIL)), List.of(Duration.ZERO))),
        new Totals(2, 2, 1, 0, 0, 0, 1, 0),
        List.of(),
        "abc",
        record);
  }

  private static DayEvent event(int number, DayEvent.Move... moves) {
    return new DayEvent(
        number,
        at(number),
        DayEvent.Kind.ALLOCATE,
        SLOT,
        TokenPriority.EMERGENCY,
        false,
        EVIL,
        List.of(moves),
        null);
  }

  private static DayEvent.Move move(
      int sequence,
      TokenPriority priority,
      TokenStatus before,
      TokenStatus after,
      TokenLabel displacedBy) {
    return new DayEvent.Move(
        token(sequence), EVIL, priority, TokenSource.APP, before, after, displacedBy, null, null);
  }

  private static TokenLabel token(int sequence) {
    return new TokenLabel(SLOT, sequence);
  }

  private static Instant at(int minute) {
    return NINE.plusSeconds(60L * minute);
  }
}
