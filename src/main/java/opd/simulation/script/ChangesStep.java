package opd.simulation.script;

import static opd.domain.TokenPriority.FOLLOW_UP;
import static opd.domain.TokenPriority.PAID;
import static opd.domain.TokenSource.APP;
import static opd.domain.TokenSource.STAFF;
import static opd.domain.TokenSource.WALK_IN;

import java.time.LocalTime;
import opd.simulation.day.Findings;

/// Places become free, and those who lost theirs get one again; slots are delayed, cancelled and
/// completed.
final class ChangesStep {
  private static final LocalTime BEGIN = LocalTime.of(9, 20);
  private static final LocalTime SLOTS_CHANGE = LocalTime.of(10, 10);
  private static final LocalTime AFTER_HOURS = LocalTime.of(12, 30);

  private ChangesStep() {}

  static void play(ScriptedDesk desk, Findings findings) {
    desk.waitUntil(BEGIN);
    freePlaces(desk, findings);
    missedEmergency(desk, findings);
    move(desk, findings);
    returnByPaying(desk, findings);
    desk.waitUntil(SLOTS_CHANGE);
    refuseChanges(desk, findings);
    delay(desk, findings);
    cancelSlot(desk, findings);
    completeSlot(desk, findings);
    desk.waitUntil(AFTER_HOURS);
    findings.expect(
        "a token from the paper list, entered after the slot's end, is taken with a warning",
        "ADMITTED RAO-0900-07 by rule 1, place 2 at 12:50:01, warning SLOT_ENDED",
        desk.allocate(Person.HARI, "RAO-0900", PAID, WALK_IN));
  }

  private static void freePlaces(ScriptedDesk desk, Findings findings) {
    findings.expect(
        "when a patient cancels, the desk is told who waits, in the queue's order",
        "DONE RAO-0900-04 is CANCELLED, waiting RAO-0900-02 RAO-0900-03",
        desk.cancel("RAO-0900-04"));
    findings.expect(
        "nobody is moved up without a decision, and the place stays free",
        "RAO-0900 is SCHEDULED, 1 of 3 free: 05 Manoj EMERGENCY 09:20:01,"
            + " 06 Asha EMERGENCY 09:40:01;"
            + " 01 Asha FOLLOW_UP CANCELLED, 02 Bala FOLLOW_UP DISPLACED,"
            + " 03 Chitra FOLLOW_UP DISPLACED, 04 Esha PAID CANCELLED",
        desk.queue("RAO-0900"));
    findings.expect(
        "the first who waits gets the free place back, with the old number",
        "ADMITTED RAO-0900-02 by rule 5, place 3 at 10:00:02, from RAO-0900-02,"
            + " warning OTHERS_WAIT RAO-0900-03",
        desk.reallocate("RAO-0900-02"));
    findings.expect(
        "the second gets the first free place of a later slot, as the next one is full",
        "ADMITTED RAO-1100-01 by rule 1, place 1 at 11:00, from RAO-0900-03",
        desk.reallocate("RAO-0900-03"));
    findings.expect(
        "a lost place is made good only once",
        "REJECTED ALREADY_REALLOCATED, from RAO-0900-03",
        desk.reallocate("RAO-0900-03"));
    findings.expect(
        "when a patient was seen, nobody waits any more for the place",
        "DONE RAO-0900-05 is COMPLETED, nobody waiting",
        desk.complete("RAO-0900-05"));
  }

  private static void missedEmergency(ScriptedDesk desk, Findings findings) {
    findings.expect(
        "when an emergency does not come, the displaced emergency waits first",
        "DONE IYER-0900-05 is NO_SHOW, waiting IYER-0900-04 IYER-0900-01 IYER-0900-02",
        desk.noShow("IYER-0900-05"));
    findings.expect(
        "the displaced emergency has its place back, with the old number",
        "ADMITTED IYER-0900-04 by rule 5, place 2 at 09:35:07, from IYER-0900-04,"
            + " warning OTHERS_WAIT IYER-0900-01 IYER-0900-02",
        desk.reallocate("IYER-0900-04"));
    findings.expect(
        "a displaced patient may give up waiting",
        "DONE IYER-0900-02 is CANCELLED, nobody waiting",
        desk.cancel("IYER-0900-02"));
  }

  private static void move(ScriptedDesk desk, Findings findings) {
    findings.expect(
        "a displaced paid patient moved to a full slot takes the latest follow-up's place there",
        "ADMITTED IYER-0930-03 by rule 2, place 1 at 09:30, displacing IYER-0930-02,"
            + " from IYER-0900-01",
        desk.reallocate("IYER-0900-01", "IYER-0930"));
    findings.expect(
        "without a free place today, the displaced patient is told so",
        "REJECTED NO_FREE_PLACE, from IYER-0930-02",
        desk.reallocate("IYER-0930-02"));
  }

  private static void returnByPaying(ScriptedDesk desk, Findings findings) {
    findings.expect(
        "a displaced follow-up who pays takes the other follow-up's place in the same slot",
        "ADMITTED IYER-0930-04 by rule 2, place 2 at 09:45, displacing IYER-0930-01",
        desk.allocate(Person.OM, "IYER-0930", PAID, STAFF));
    findings.expect(
        "when a place becomes free, a patient who has one again does not wait for it",
        "DONE IYER-0930-03 is NO_SHOW, waiting IYER-0930-01",
        desk.noShow("IYER-0930-03"));
    findings.expect(
        "nor is the lost token given a place beside the new one",
        "REJECTED DUPLICATE_TOKEN, holding IYER-0930-04, from IYER-0930-02",
        desk.reallocate("IYER-0930-02", "IYER-0930"));
    findings.expect(
        "the one who does wait has the place back, with number 1, and stands behind who paid",
        "ADMITTED IYER-0930-01 by rule 5, place 2 at 09:45, from IYER-0930-01",
        desk.reallocate("IYER-0930-01"));
  }

  private static void refuseChanges(ScriptedDesk desk, Findings findings) {
    findings.expect(
        "a patient who did not come is marked so",
        "DONE RAO-1000-01 is NO_SHOW, nobody waiting",
        desk.noShow("RAO-1000-01"));
    findings.expect(
        "a missed token stays missed",
        "REJECTED TOKEN_NOT_ACTIVE, RAO-1000-01 is NO_SHOW",
        desk.complete("RAO-1000-01"));
    findings.expect(
        "a patient who has a place is not given another",
        "REJECTED TOKEN_NOT_DISPLACED, from RAO-1000-02",
        desk.reallocate("RAO-1000-02"));
  }

  private static void delay(ScriptedDesk desk, Findings findings) {
    findings.expect(
        "Dr Rao is twenty minutes late, and the patient is expected later",
        "DONE RAO-1100 is DELAYED by 20 minutes: RAO-1100-01 ACTIVE at 11:20",
        desk.delaySlot("RAO-1100", 20));
    findings.expect(
        "a delayed slot still takes patients",
        "ADMITTED RAO-1100-02 by rule 1, place 1 at 11:20",
        desk.allocate(Person.GITA, "RAO-1100", PAID, APP));
  }

  private static void cancelSlot(ScriptedDesk desk, Findings findings) {
    findings.expect(
        "when a slot is cancelled, its patient is owed another place",
        "DONE RAO-1000 is CANCELLED: RAO-1000-02 DISPLACED",
        desk.cancelSlot("RAO-1000", "called to surgery"));
    findings.expect(
        "a cancelled slot takes nobody, and names the next one",
        "REJECTED SLOT_CLOSED, next RAO-1100",
        desk.allocate(Person.HARI, "RAO-1000", FOLLOW_UP, WALK_IN));
    findings.expect(
        "the patient of the cancelled slot gets the last place of the next one",
        "ADMITTED RAO-1100-03 by rule 1, place 3 at 11:53:20, from RAO-1000-02",
        desk.reallocate("RAO-1000-02"));
  }

  private static void completeSlot(ScriptedDesk desk, Findings findings) {
    findings.expect(
        "when a slot is completed, so are its patients",
        "DONE IYER-0930 is COMPLETED: IYER-0930-04 COMPLETED, IYER-0930-01 COMPLETED",
        desk.completeSlot("IYER-0930"));
    findings.expect(
        "a completed slot cannot be delayed",
        "REJECTED SLOT_CLOSED, IYER-0930 is COMPLETED",
        desk.delaySlot("IYER-0930", 10));
  }
}
