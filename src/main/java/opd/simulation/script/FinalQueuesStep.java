package opd.simulation.script;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import opd.domain.AuditKind;
import opd.simulation.day.AuditChains;
import opd.simulation.day.Findings;
import opd.simulation.day.Totals;

/// Looks at what the day has left: every queue, the totals, and the audit log.
final class FinalQueuesStep {
  private FinalQueuesStep() {}

  static void play(ScriptedDesk desk, Findings findings) {
    ExpectedQueues.of(
            "IYER-0900 is SCHEDULED, 0 of 2 free: 03 Indu EMERGENCY 09:00,"
                + " 04 Jaya EMERGENCY 09:15; 01 Farid PAID DISPLACED, 02 Gita PAID CANCELLED,"
                + " 05 Kiran EMERGENCY NO_SHOW",
            "RAO-0900 is SCHEDULED, 0 of 3 free: 06 Asha EMERGENCY 09:20, 07 Hari PAID 09:40,"
                + " 02 Bala FOLLOW_UP 10:00; 01 Asha FOLLOW_UP CANCELLED,"
                + " 03 Chitra FOLLOW_UP DISPLACED, 04 Esha PAID CANCELLED,"
                + " 05 Manoj EMERGENCY COMPLETED",
            "IYER-0930 is COMPLETED, 0 of 2 free: nobody; 01 Nina FOLLOW_UP COMPLETED,"
                + " 02 ओम FOLLOW_UP DISPLACED, 03 Farid PAID from IYER-0900-01 NO_SHOW,"
                + " 04 ओम PAID COMPLETED",
            "RAO-1000 is CANCELLED, 0 of 2 free: nobody; 01 Dev FOLLOW_UP NO_SHOW,"
                + " 02 Leela FOLLOW_UP DISPLACED",
            "RAO-1100 is DELAYED by 20 minutes, 0 of 3 free: 02 Gita PAID 11:20,"
                + " 01 Chitra FOLLOW_UP from RAO-0900-03 11:36:40,"
                + " 03 Leela FOLLOW_UP from RAO-1000-02 11:53:20; nobody")
        .compare(desk, findings);
    findings.expect(
        "of 24 requests 18 were admitted and 6 refused, and nothing is left over",
        new Totals(24, 18, 8, 6, 3, 3, 3, 6).toString(),
        desk.totals().toString());
    audit(AuditChains.read(desk.services()), findings);
  }

  private static void audit(AuditChains chains, Findings findings) {
    // The log has eight refusals for six refused requests, because it also tells that Dev was
    // refused
    // before he took the next slot, and that a reallocation was refused.
    findings.expect(
        "the audit log has one entry for each decision",
        "FACILITY_SET 1, DOCTOR_ADDED 3, DOCTOR_CHANGED 1, PATIENT_REGISTERED 15, PATIENT_CHANGED 0,"
            + " PATIENT_ERASED 0,"
            + " SLOT_OPENED 5, SLOT_DELAYED 1, SLOT_CANCELLED 1, SLOT_COMPLETED 1,"
            + " TOKEN_ALLOCATED 21, TOKEN_DISPLACED 8, ALLOCATION_REJECTED 8, TOKEN_CANCELLED 3,"
            + " TOKEN_NO_SHOW 3, TOKEN_COMPLETED 3, TOKEN_REINSTATED 3, TOKEN_REALLOCATED 3,"
            + " CHANGE_REJECTED 5",
        Stream.of(AuditKind.values())
            .map(kind -> kind + " " + chains.count(kind))
            .collect(Collectors.joining(", ")));
    findings.expect(
        "every entry names who decided",
        List.of("simulation").toString(),
        chains.actors().toString());
    findings.expectNone("each entry of the audit log follows the one before", chains.breaks());
  }
}
