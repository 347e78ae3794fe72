package opd.simulation.day;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import opd.service.AuditService;
import opd.service.FacilityServices;
import opd.simulation.auditor.Auditor;
import opd.simulation.auditor.DecidedOperation;

/// Puts what several desks did into the order in which the audit log has it. Whoever decides holds
/// the locks of all slots concerned before anything is logged, and until it is committed; so of two
/// decisions that meet in a slot, all entries of the earlier have the lower ids.
final class DeskLog {
  private DeskLog() {}

  static List<DecidedOperation> inOrder(
      FacilityServices desk, List<DecidedOperation> decided, Auditor auditor) {
    Map<String, DecidedOperation> byRequest = new HashMap<>();
    decided.forEach(one -> byRequest.put(one.requestId(), one));
    List<DecidedOperation> ordered = new ArrayList<>();
    desk.audit()
        .read(
            AuditService.Query.EVERYTHING,
            entry -> {
              // A patient's registration says nothing about the order at a slot. That nobody was
              // left to be called stands in the doctor's chain.
              boolean isOrdered = entry.slot() != null || entry.chain().startsWith("doctor/");
              if (isOrdered && byRequest.containsKey(entry.requestId())) {
                ordered.add(byRequest.remove(entry.requestId()));
              }
            });
    byRequest.values().forEach(auditor::notLogged);
    return ordered;
  }
}
