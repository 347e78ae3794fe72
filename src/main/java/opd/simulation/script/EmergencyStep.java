package opd.simulation.script;

import static opd.domain.TokenPriority.EMERGENCY;
import static opd.domain.TokenPriority.PAID;
import static opd.domain.TokenSource.STAFF;
import static opd.domain.TokenSource.WALK_IN;

import java.time.LocalTime;
import opd.simulation.day.Findings;
import opd.simulation.plan.Operation.How;

/// Emergencies come to full slots, to one that is full of emergencies too.
final class EmergencyStep {
  private static final LocalTime BEGIN = LocalTime.of(8, 30);

  private EmergencyStep() {}

  static void play(ScriptedDesk desk, Findings findings) {
    desk.waitUntil(BEGIN);
    preempt(desk, findings);
    fillWithEmergencies(desk, findings);
    ExpectedQueues.of(
            "IYER-0900 is SCHEDULED, 0 of 2 free: 03 Indu EMERGENCY 09:00,"
                + " 05 Kiran EMERGENCY 09:15; 01 Farid PAID DISPLACED, 02 Gita PAID DISPLACED,"
                + " 04 Jaya EMERGENCY DISPLACED",
            "RAO-0900 is SCHEDULED, 0 of 3 free: 05 Manoj EMERGENCY 09:00,"
                + " 06 Asha EMERGENCY 09:20, 04 Esha PAID 09:40; 01 Asha FOLLOW_UP CANCELLED,"
                + " 02 Bala FOLLOW_UP DISPLACED, 03 Chitra FOLLOW_UP DISPLACED",
            "IYER-0930 is SCHEDULED, 0 of 2 free: 01 Nina FOLLOW_UP 09:30,"
                + " 02 ओम FOLLOW_UP 09:45; nobody",
            "RAO-1000 is SCHEDULED, 0 of 2 free: 01 Dev FOLLOW_UP 10:00,"
                + " 02 Leela FOLLOW_UP 10:30; nobody",
            "RAO-1100 is SCHEDULED, 3 of 3 free: nobody; nobody")
        .compare(desk, findings);
  }

  private static void preempt(ScriptedDesk desk, Findings findings) {
    findings.expect(
        "the emergency took the place of the latest follow-up, RAO-0900-02, and is seen first",
        "ADMITTED RAO-0900-05 by rule 3, place 1 at 09:00, displacing RAO-0900-02,"
            + " warning NO_REASON",
        desk.allocate(Person.MANOJ, "RAO-0900", EMERGENCY, WALK_IN));
    findings.expect(
        "a waiting patient who becomes an emergency is told of the token that she holds",
        "REJECTED DUPLICATE_TOKEN, holding RAO-0900-01",
        desk.allocate(Person.ASHA, "RAO-0900", EMERGENCY, STAFF));
    findings.expect(
        "she exchanges it for an emergency's token, and nobody else loses a place",
        "ADMITTED RAO-0900-06 by rule 1, place 2 at 09:20,"
            + " warning OTHERS_WAIT RAO-0900-02 RAO-0900-03",
        desk.allocate(Person.ASHA, "RAO-0900", EMERGENCY, STAFF, How.REPLACE));
  }

  private static void fillWithEmergencies(ScriptedDesk desk, Findings findings) {
    findings.expect(
        "where all have paid, an emergency takes the place of the latest, IYER-0900-02",
        "ADMITTED IYER-0900-03 by rule 3, place 1 at 09:00, displacing IYER-0900-02,"
            + " warning NO_REASON",
        desk.allocate(Person.INDU, "IYER-0900", EMERGENCY, WALK_IN));
    findings.expect(
        "the next emergency takes the last paid place, and stands behind the first emergency",
        "ADMITTED IYER-0900-04 by rule 3, place 2 at 09:15, displacing IYER-0900-01,"
            + " warning NO_REASON",
        desk.allocate(Person.JAYA, "IYER-0900", EMERGENCY, WALK_IN));
    findings.expect(
        "a paid patient gets no place among emergencies",
        "REJECTED SLOT_FULL by rule 1",
        desk.allocate(Person.BALA, "IYER-0900", PAID, WALK_IN));
    findings.expect(
        "in a slot full of emergencies one more displaces the latest, IYER-0900-04, with a warning",
        "ADMITTED IYER-0900-05 by rule 3, place 2 at 09:15, displacing IYER-0900-04,"
            + " warning EMERGENCY_DISPLACED_EMERGENCY, warning NO_REASON",
        desk.allocate(Person.KIRAN, "IYER-0900", EMERGENCY, WALK_IN));
  }
}
