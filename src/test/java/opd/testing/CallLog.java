package opd.testing;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// What the log tells of calls, followed entry by entry by somebody who knows nothing of how they
/// are decided: who is in the queue, who was called in or is away, and who stands before whom.
public final class CallLog {
  private static final String ENTRIES =
      """
      select concat(e.slot_id, '|', e.kind, '|', t.sequence_number, '|', t.priority, '|',
                    e.request_id, '|', e.facts)
        from audit_entry e left join token t on t.id = e.token_id
       where e.slot_id is not null
       order by e.slot_id, e.number\
      """;
  private static final List<String> RANKS = List.of("EMERGENCY", "PAID", "FOLLOW_UP");
  private static final Pattern SEQUENCE = Pattern.compile("\"sequence\":(\\d+)");

  private final List<String> faults = new ArrayList<>();
  private final Map<String, Integer> callsOfRequest = new HashMap<>();
  // Of one slot, by the tokens' numbers.
  private final Map<Integer, String> queue = new HashMap<>();
  private final Set<Integer> called = new HashSet<>();
  private final Set<Integer> away = new HashSet<>();
  private String slot = "";

  private CallLog() {}

  /// Whoever was called as the next though called already or away, whoever stood before somebody
  /// called and is not named in the entry, and requests that called more than one patient.
  ///
  /// @param prompt in the facility's schema
  public static List<String> faults(Prompt prompt) throws SQLException {
    CallLog log = new CallLog();
    for (String entry : prompt.column(ENTRIES)) {
      String[] fields = entry.split("\\|", 6);
      if (!fields[0].equals(log.slot)) {
        log.begin(fields[0]);
      }
      if (!fields[2].isEmpty()) {
        log.follow(fields[1], Integer.parseInt(fields[2]), fields[3], fields[5]);
      }
      if (fields[1].equals("TOKEN_CALLED")) {
        log.callsOfRequest.merge(fields[4], 1, Integer::sum);
      }
    }
    log.callsOfRequest.entrySet().stream()
        .filter(request -> request.getValue() > 1)
        .forEach(request -> log.faults.add(request + " calls by one request"));
    return log.faults;
  }

  private void begin(String next) {
    slot = next;
    queue.clear();
    called.clear();
    away.clear();
  }

  private void follow(String kind, int token, String priority, String facts) {
    switch (kind) {
      case "TOKEN_ALLOCATED", "TOKEN_REINSTATED" -> queue.put(token, priority);
      case "TOKEN_CANCELLED", "TOKEN_NO_SHOW", "TOKEN_COMPLETED" -> queue.remove(token);
      case "TOKEN_DISPLACED" -> {
        queue.remove(token);
        called.remove(token);
        away.remove(token);
      }
      case "CHANGE_UNDONE" -> {
        if (facts.contains("\"status\":\"ACTIVE\"")) {
          queue.put(token, priority);
        }
      }
      case "TOKEN_CALLED" -> call(token, facts);
      case "TOKEN_PARKED" -> {
        called.remove(token);
        away.add(token);
      }
      case "TOKEN_RETURNED" -> away.remove(token);
      default -> {}
    }
  }

  private void call(int token, String facts) {
    String what = "slot %s: the call of %d, %s".formatted(slot, token, facts);
    if (!queue.containsKey(token)) {
      faults.add(what + ": who has no place");
    }
    if (facts.contains("\"next\":true") && (called.contains(token) || away.contains(token))) {
      faults.add(what + ": called already, or away");
    }
    List<Integer> named =
        SEQUENCE.matcher(facts).results().map(match -> Integer.valueOf(match.group(1))).toList();
    List<Integer> before = before(token);
    if (!named.equals(before)) {
      faults.add("%s: %s stand before".formatted(what, before));
    }
    called.add(token);
    away.remove(token);
  }

  /// Who has a higher priority, or the same and came earlier; in the queue's order.
  private List<Integer> before(int token) {
    Comparator<Integer> order =
        Comparator.comparing((Integer each) -> RANKS.indexOf(queue.get(each)))
            .thenComparing(Comparator.naturalOrder());
    return queue.keySet().stream().sorted(order).takeWhile(each -> each != token).toList();
  }
}
