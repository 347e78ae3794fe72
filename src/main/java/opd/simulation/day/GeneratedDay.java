package opd.simulation.day;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Function;
import opd.domain.Doctor;
import opd.service.FacilityServices;
import opd.service.SessionPlan;
import opd.service.VerificationService.Verified;
import opd.simulation.auditor.Auditor;
import opd.simulation.auditor.DecidedOperation;
import opd.simulation.plan.DayPlan;
import opd.store.table.Inspection;

/// Plays a generated day in the facility, at one desk or at several at the same time, under the
/// eyes of an auditor.
public final class GeneratedDay {
  private final DayPlan plan;
  private final Function<LogicalClock, FacilityServices> opening;
  private final Inspection inspection;
  private final Executor looking;
  private final int deskCount;

  /// @param opening opens a desk with a connection of its own, by the clock
  /// @param looking see [Auditor]; in the end it verifies the log
  /// @param deskCount at least 1
  public GeneratedDay(
      DayPlan plan,
      Function<LogicalClock, FacilityServices> opening,
      Inspection inspection,
      Executor looking,
      int deskCount) {
    this.plan = plan;
    this.opening = opening;
    this.inspection = inspection;
    this.looking = looking;
    this.deskCount = deskCount;
  }

  /// Goes on after the scripted steps.
  ///
  /// @return the whole day: what was before, and one step more
  public DayResult after(DayResult scripted) {
    LocalDate eve = plan.date().minusDays(1);
    LogicalClock clock = LogicalClock.atStartOf(eve, plan.zone());
    DayEvents course = new DayEvents(plan);
    Findings findings = new Findings(plan.date());
    Auditor auditor = new Auditor(inspection, plan.zone(), looking);
    try (FacilityServices desk = opening.apply(clock)) {
      openSlots(desk, clock, auditor);
      List<DecidedOperation> decided =
          deskCount == 1
              ? new OneDesk(new OperationRunner(desk), clock, course, auditor).play()
              : new ManyDesks(opening, eve, plan.zone(), course, auditor).play(deskCount, desk);
      auditor.lookAtAll();
      // The log is verified on a connection of its own, while it is read here.
      var verified = CompletableFuture.supplyAsync(() -> verify(desk), looking);
      DayRecord record = DaySummary.of(plan, decided, course.consultations());
      AuditChains chains = AuditChains.read(desk);
      check(findings, auditor, chains, verified);
      return scripted.and(
          Step.of(scripted.steps().size() + 1, "A generated day", findings),
          record,
          chains.digest());
    }
  }

  private void openSlots(FacilityServices desk, LogicalClock clock, Auditor auditor) {
    int requests = 0;
    for (DayPlan.Doctor doctor : plan.doctors()) {
      requests++;
      Doctor added = new Doctor(doctor.code(), doctor.name(), doctor.specialization(), true);
      desk.doctors().add(OperationRunner.request("doctor-" + requests), added);
      for (SessionPlan session : sessions(doctor)) {
        requests++;
        desk.slots().open(OperationRunner.request("session-" + requests), session);
      }
      doctor
          .slots()
          .forEach(slot ->
              auditor.opened(slot.label(), slot.start(), slot.end(), slot.capacity(), clock.get()));
    }
  }

  /// Slots that follow each other without a pause are opened in one go.
  private static List<SessionPlan> sessions(DayPlan.Doctor doctor) {
    List<SessionPlan> sessions = new ArrayList<>();
    int first = 0;
    List<DayPlan.Slot> slots = doctor.slots();
    for (int next = 1; next <= slots.size(); next++) {
      Instant end = slots.get(next - 1).end();
      if (next == slots.size() || !slots.get(next).start().equals(end)) {
        DayPlan.Slot begin = slots.get(first);
        Duration length = Duration.between(begin.start(), begin.end());
        sessions.add(
            new SessionPlan(
                doctor.code(),
                begin.start(),
                length,
                begin.capacity(),
                Optional.of(new SessionPlan.Repeat(length, end))));
        first = next;
      }
    }
    return sessions;
  }

  private void check(
      Findings findings,
      Auditor auditor,
      AuditChains chains,
      CompletableFuture<Verified> verified) {
    auditor
        .findings()
        .forEach(finding ->
            findings.expectNone(
                finding.aspect().sentence(), finding.faults(), finding.held() + " times"));
    inspection.faults().forEach(findings::expectNone);
    findings.expectNone("each entry of the audit log follows the one before", chains.breaks());
    findings.guard("the audit log could be verified", () -> tell(await(verified), findings));
  }

  private static Verified verify(FacilityServices desk) {
    return desk.verification().verify(Optional.empty(), Optional.empty(), entries -> {});
  }

  private static Verified await(CompletableFuture<Verified> verified) {
    try {
      return verified.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private static void tell(Verified verified, Findings findings) {
    findings.expectNone(
        "decided again from the log alone, every decision, row and outcome is the same",
        verified.differences().stream().limit(3).map(Object::toString).toList(),
        verified.counts().entries() + " entries");
  }
}
