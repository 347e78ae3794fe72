package opd.simulation.script;

import static opd.domain.TokenPriority.FOLLOW_UP;
import static opd.domain.TokenPriority.PAID;
import static opd.domain.TokenSource.APP;
import static opd.domain.TokenSource.ONLINE;
import static opd.domain.TokenSource.STAFF;
import static opd.domain.TokenSource.WALK_IN;

import java.time.LocalTime;
import java.util.stream.Collectors;
import opd.simulation.day.Findings;
import opd.simulation.plan.Operation.How;

/// Fills Dr Rao's first slot, and shows who is turned away from it and who is not.
final class AllocationStep {
  private static final LocalTime BEGIN = LocalTime.of(8, 0);

  private AllocationStep() {}

  static void play(ScriptedDesk desk, Findings findings) {
    desk.waitUntil(BEGIN);
    fill(desk, findings);
    repeat(desk, findings);
    fillOthers(desk, findings);
    ExpectedQueues.of(
            "IYER-0900 is SCHEDULED, 0 of 2 free: 01 Farid PAID 09:00, 02 Gita PAID 09:15; nobody",
            "RAO-0900 is SCHEDULED, 0 of 3 free: 04 Esha PAID 09:00, 01 Asha FOLLOW_UP 09:20,"
                + " 02 Bala FOLLOW_UP 09:40; 03 Chitra FOLLOW_UP DISPLACED",
            "IYER-0930 is SCHEDULED, 0 of 2 free: 01 Nina FOLLOW_UP 09:30,"
                + " 02 ओम FOLLOW_UP 09:45; nobody",
            "RAO-1000 is SCHEDULED, 0 of 2 free: 01 Dev FOLLOW_UP 10:00,"
                + " 02 Leela FOLLOW_UP 10:30; nobody",
            "RAO-1100 is SCHEDULED, 3 of 3 free: nobody; nobody")
        .compare(desk, findings);
  }

  private static void fill(ScriptedDesk desk, Findings findings) {
    findings.expect(
        "the first patient gets number 1",
        "ADMITTED RAO-0900-01 by rule 1, place 1 at 09:00",
        desk.allocate(Person.ASHA, "RAO-0900", FOLLOW_UP, WALK_IN));
    findings.expect(
        "the second patient gets number 2",
        "ADMITTED RAO-0900-02 by rule 1, place 2 at 09:20",
        desk.allocate(Person.BALA, "RAO-0900", FOLLOW_UP, ONLINE));
    findings.expect(
        "the third patient gets number 3 and the last place",
        "ADMITTED RAO-0900-03 by rule 1, place 3 at 09:40",
        desk.allocate(Person.CHITRA, "RAO-0900", FOLLOW_UP, APP));
    findings.expect(
        "a fourth follow-up is refused by the full slot, and told of the next one",
        "REJECTED SLOT_FULL by rule 1, next RAO-1000",
        desk.allocate(Person.DEV, "RAO-0900", FOLLOW_UP, WALK_IN));
    findings.expect(
        "a paid patient takes the place of the latest follow-up, RAO-0900-03, and is seen first",
        "ADMITTED RAO-0900-04 by rule 2, place 1 at 09:00, displacing RAO-0900-03",
        desk.allocateAs("esha-once", Person.ESHA, "RAO-0900", PAID, STAFF));
    findings.expect(
        "a patient who has a token in the slot gets no second one",
        "REJECTED DUPLICATE_TOKEN, holding RAO-0900-01",
        desk.allocate(Person.ASHA, "RAO-0900", PAID, WALK_IN));
  }

  private static void repeat(ScriptedDesk desk, Findings findings) {
    findings.expect(
        "a request that is sent twice gets the first answer again and takes no second place",
        "REPLAYED ADMITTED RAO-0900-04 by rule 2, place 1 at 09:00, displacing RAO-0900-03",
        desk.allocateAs("esha-once", Person.ESHA, "RAO-0900", PAID, STAFF));
    findings.expect(
        "another request under the same id is an error",
        "ERROR REQUEST_ID_REUSED",
        desk.allocateAs("esha-once", Person.DEV, "RAO-0900", PAID, STAFF));
  }

  private static void fillOthers(ScriptedDesk desk, Findings findings) {
    findings.expect(
        "a patient who takes the next slot instead gets a place at ten",
        "ADMITTED RAO-1000-01 by rule 1, place 1 at 10:00",
        desk.allocate(Person.DEV, "RAO-0900", FOLLOW_UP, WALK_IN, How.OR_NEXT));
    findings.expect(
        "a patient on a shared phone gets a place of her own",
        "ADMITTED RAO-1000-02 by rule 1, place 2 at 10:30",
        desk.allocate(Person.LEELA, "RAO-1000", FOLLOW_UP, APP));
    findings.expect(
        "a patient who asks for Dr Iyer gets the next slot of today",
        "ADMITTED IYER-0900-01 by rule 1, place 1 at 09:00",
        desk.allocateWithDoctor(Person.FARID, "IYER-0900", PAID, ONLINE));
    findings.expect(
        "a second paid patient fills Dr Iyer's first slot",
        "ADMITTED IYER-0900-02 by rule 1, place 2 at 09:15",
        desk.allocate(Person.GITA, "IYER-0900", PAID, ONLINE));
    findings.expect(
        "paid does not displace paid",
        "REJECTED SLOT_FULL by rule 1, next IYER-0930",
        desk.allocate(Person.HARI, "IYER-0900", PAID, WALK_IN));
    findings.expect(
        "the patient who was refused is known from now on, without a token",
        "Hari 0",
        desk.services().patients().show(Person.HARI.phone()).stream()
            .map(known -> known.patient().shownName() + " " + known.tokens().size())
            .collect(Collectors.joining()));
    findings.expect(
        "Dr Iyer's second slot gets its first patient",
        "ADMITTED IYER-0930-01 by rule 1, place 1 at 09:30",
        desk.allocate(Person.NINA, "IYER-0930", FOLLOW_UP, STAFF));
    findings.expect(
        "Dr Iyer's second slot is full",
        "ADMITTED IYER-0930-02 by rule 1, place 2 at 09:45",
        desk.allocate(Person.OM, "IYER-0930", FOLLOW_UP, STAFF));
  }
}
