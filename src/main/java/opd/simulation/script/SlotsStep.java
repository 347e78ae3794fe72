package opd.simulation.script;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Optional;
import opd.domain.DoctorCode;
import opd.service.SessionPlan;
import opd.simulation.day.Findings;

/// Three slots of Dr Rao, opened one by one, and a session of two of Dr Iyer.
final class SlotsStep {
  private static final LocalTime BEGIN = LocalTime.of(7, 15);

  private SlotsStep() {}

  static void play(ScriptedDesk desk, Findings findings) {
    desk.waitUntil(BEGIN);
    findings.expect(
        "Dr Rao sees three patients from nine to ten",
        "OPENED RAO-0900",
        open(desk, single("RAO", at(desk, "09:00"), 60, 3)));
    findings.expect(
        "Dr Rao sees two patients from ten to eleven",
        "OPENED RAO-1000",
        open(desk, single("RAO", at(desk, "10:00"), 60, 2)));
    findings.expect(
        "Dr Rao sees three patients from eleven to ten minutes to twelve",
        "OPENED RAO-1100",
        open(desk, single("RAO", at(desk, "11:00"), 50, 3)));
    findings.expect(
        "Dr Iyer's session from nine to ten is opened in one go, two patients every half hour",
        "OPENED IYER-0900 IYER-0930",
        open(desk, session("IYER", at(desk, "09:00"), 30, 2, at(desk, "10:00"))));
    refuse(desk, findings);
    ExpectedQueues.of(
            "IYER-0900 is SCHEDULED, 2 of 2 free: nobody; nobody",
            "RAO-0900 is SCHEDULED, 3 of 3 free: nobody; nobody",
            "IYER-0930 is SCHEDULED, 2 of 2 free: nobody; nobody",
            "RAO-1000 is SCHEDULED, 2 of 2 free: nobody; nobody",
            "RAO-1100 is SCHEDULED, 3 of 3 free: nobody; nobody")
        .compare(desk, findings);
  }

  private static void refuse(ScriptedDesk desk, Findings findings) {
    findings.expect(
        "Dr Rao cannot see other patients at half past nine",
        "ERROR SLOT_OVERLAPS",
        open(desk, single("RAO", at(desk, "09:30"), 60, 2)));
    findings.expect(
        "a session that collides with a slot opens none of its slots",
        "ERROR SLOT_OVERLAPS",
        open(desk, session("RAO", at(desk, "08:00"), 60, 2, at(desk, "10:00"))));
    findings.expect(
        "Dr Das, on leave, takes no new slots",
        "ERROR DOCTOR_INACTIVE",
        open(desk, single("DAS", at(desk, "09:00"), 60, 2)));
  }

  private static String open(ScriptedDesk desk, SessionPlan plan) {
    return desk.ask(request -> desk.services().slots().open(request, plan));
  }

  private static SessionPlan single(String doctor, Instant start, int minutes, int capacity) {
    return new SessionPlan(
        new DoctorCode(doctor), start, Duration.ofMinutes(minutes), capacity, Optional.empty());
  }

  private static SessionPlan session(
      String doctor, Instant start, int minutes, int capacity, Instant until) {
    Duration length = Duration.ofMinutes(minutes);
    return new SessionPlan(
        new DoctorCode(doctor),
        start,
        length,
        capacity,
        Optional.of(new SessionPlan.Repeat(length, until)));
  }

  private static Instant at(ScriptedDesk desk, String time) {
    return desk.at(LocalTime.parse(time));
  }
}
