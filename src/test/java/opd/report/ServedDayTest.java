package opd.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import opd.decision.Outcome;
import opd.domain.ClockSource;
import opd.domain.Days;
import opd.domain.Doctor;
import opd.domain.DoctorCode;
import opd.domain.PersonName;
import opd.domain.Slot;
import opd.domain.TokenPriority;
import opd.domain.TokenReference;
import opd.domain.TokenSource;
import opd.service.AllocationRequest;
import opd.service.FacilityServices;
import opd.service.SessionPlan;
import opd.store.connection.DecisionClock;
import opd.testing.Clinic;
import opd.testing.TestFacility;
import org.junit.jupiter.api.Test;

/// A morning with three patients, whose figures can be worked out by hand.
final class ServedDayTest {
  private static final Days DAY = Days.of(LocalDate.of(2030, 1, 7));
  private static final DoctorCode RAO = new DoctorCode("RAO");

  private final AtomicInteger patients = new AtomicInteger();
  private Instant now = Instant.parse("2030-01-06T12:00:00Z");

  @Test
  void waitsPunctualityConsultationsIdleTimeAndOverrunAreAsDefined() {
    try (TestFacility facility = TestFacility.borrow(ClockSource.SIMULATION);
        FacilityServices desk = facility.desk(new DecisionClock.Logical(() -> now))) {
      serve(facility, desk);
      Settled.await(desk, DAY);
      assertThat(figures(desk, Optional.empty()))
          .containsAllEntriesOf(
              Map.ofEntries(
                  // From 09:00 until 09:10 and until 09:31.
                  Map.entry("waitSeconds.count", 2L),
                  Map.entry("waitSeconds.median", 600L),
                  Map.entry("waitSeconds.longest", 1860L),
                  Map.entry("within15Percent", 500L),
                  Map.entry("within30Percent", 500L),
                  Map.entry("within60Percent", 1000L),
                  Map.entry("lateStartSeconds.median", 600L),
                  Map.entry("punctualPercent", 1000L),
                  // From 09:10 until 09:25, and from 09:31 until 10:05.
                  Map.entry("consultationSeconds.median", 900L),
                  Map.entry("consultationSeconds.longest", 2040L),
                  // From 09:25 until 09:31 somebody was there.
                  Map.entry("idleSeconds", 360L),
                  Map.entry("overrunMinutes.longest", 5L),
                  Map.entry("utilisationPercent", 667L),
                  Map.entry("leadTime.week.noShow", 1L),
                  Map.entry("leadTime.sameDay.completed", 2L),
                  Map.entry("calledWithoutArrival", 0L)));
      assertThat(figures(desk, Optional.of(Grouping.SOURCE)))
          .doesNotContainKey("idleSeconds")
          .containsEntry("waitSeconds.median", 1860L);
    }
  }

  /// @param by shows the last group, empty the figures of all
  private static Map<String, Long> figures(FacilityServices desk, Optional<Grouping> by) {
    Report report = desk.reports().of(new Report.Asked(DAY, by, false), _ -> {});
    Report.Row row = by.isPresent() ? report.groups().getLast() : report.total();
    Map<String, Long> figures = new TreeMap<>();
    row.values().forEach((figure, value) -> figures.put(figure.name(), value));
    return figures;
  }

  private void serve(TestFacility facility, FacilityServices desk) {
    desk.doctors().add(facility.request(), new Doctor(RAO, new PersonName("Dr. Rao"), null, true));
    var plan = new SessionPlan(RAO, Clinic.time("09:00"), Duration.ofHours(1), 3, Optional.empty());
    Slot slot = desk.slots().open(facility.request(), plan).outcome().slots().getFirst();
    TokenReference absent = token(facility, desk, slot, TokenPriority.FOLLOW_UP, TokenSource.APP);
    now = Clinic.time("08:30");
    TokenReference paid = token(facility, desk, slot, TokenPriority.PAID, TokenSource.APP);
    now = Clinic.time("08:40");
    TokenReference walkIn =
        token(facility, desk, slot, TokenPriority.FOLLOW_UP, TokenSource.WALK_IN);
    now = Clinic.time("08:50");
    desk.serving().arrive(facility.request(), paid);
    now = Clinic.time("09:10");
    desk.serving().call(facility.request(), paid, Optional.empty());
    now = Clinic.time("09:25");
    desk.tokens().complete(facility.request(), paid);
    now = Clinic.time("09:31");
    desk.serving().call(facility.request(), walkIn, Optional.empty());
    now = Clinic.time("10:05");
    desk.tokens().complete(facility.request(), walkIn);
    desk.tokens().noShow(facility.request(), absent);
  }

  private TokenReference token(
      TestFacility facility,
      FacilityServices desk,
      Slot slot,
      TokenPriority priority,
      TokenSource source) {
    int patient = patients.incrementAndGet();
    var wish =
        new AllocationRequest(
            new AllocationRequest.Place.InSlot(Clinic.reference(slot)),
            Clinic.key(patient),
            Optional.of(Clinic.name(patient)),
            priority,
            source,
            false,
            false);
    var admitted =
        (Outcome.Admitted) desk.allocations().allocate(facility.request(), wish).outcome();
    return Clinic.reference(admitted.token().token());
  }
}
