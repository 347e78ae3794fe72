package opd.store.schema;

import java.sql.SQLException;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import opd.domain.ClockSource;
import opd.testing.Await;
import opd.testing.Prompt;
import opd.testing.TestFacility;

/// A facility that somebody works on with plain SQL: a prompt with the desk's rights, another with
/// the superuser's, and the statements of honest work.
public final class GuardedFacility implements AutoCloseable {
  public final TestFacility facility = TestFacility.borrow(ClockSource.DATABASE);
  final Prompt desk;
  public final Prompt superuser;
  private final AtomicInteger count = new AtomicInteger();

  public GuardedFacility() {
    try {
      desk = Prompt.asDesk(facility);
      superuser = Prompt.asSuperuser(facility);
    } catch (SQLException e) {
      throw new IllegalStateException("no prompt at " + facility.name(), e);
    }
  }

  /// An id that no request has yet.
  String newRequest() {
    return "request-" + count.incrementAndGet();
  }

  String aDoctor() throws SQLException {
    String code = "DR" + count.incrementAndGet();
    String request = newRequest();
    desk.run(
        "insert into doctor (code, name) values ('%s', 'Dr. Rao')".formatted(code),
        outcome(request),
        entryAbout("doctor_code", code, "DOCTOR_ADDED", request));
    return code;
  }

  long aPatient() throws SQLException {
    int number = count.incrementAndGet();
    String request = newRequest();
    desk.begin(
        "insert into patient (phone, name, salt) values ('+9198765%05d', 'A patient', decode(repeat('00', 16), 'hex'))"
            .formatted(number));
    long id = desk.number("select id from patient where phone = '+9198765%05d'".formatted(number));
    desk.run(
        outcome(request),
        entryAbout("patient_id", Long.toString(id), "PATIENT_REGISTERED", request));
    return id;
  }

  /// An open slot of a doctor who has no other.
  public long aSlot(int capacity) throws SQLException {
    return aSlot(aDoctor(), "2030-01-07T09:00Z", "2030-01-07T10:00Z", capacity);
  }

  public long aSlot(String doctor, String start, String end, int capacity) throws SQLException {
    String request = newRequest();
    desk.begin(insertSlot(doctor, start, end, capacity));
    long id =
        desk.number(
            "select id from slot where doctor_code = '%s' and starts_at = '%s'"
                .formatted(doctor, start));
    desk.run(outcome(request), entryAbout("slot_id", Long.toString(id), "SLOT_OPENED", request));
    return id;
  }

  /// A slot whose places are all taken by follow-ups.
  long aFullSlot(int capacity) throws SQLException {
    long slot = aSlot(capacity);
    for (int i = 0; i < capacity; i++) {
      aToken(slot, "FOLLOW_UP");
    }
    return slot;
  }

  long aToken(long slot, String priority) throws SQLException {
    return aToken(slot, aPatient(), priority);
  }

  long aToken(long slot, long patient, String priority) throws SQLException {
    desk.run(taking(slot, patient, priority));
    return newestToken(slot);
  }

  long aDisplacedToken(long slot) throws SQLException {
    long token = aToken(slot, "PAID");
    desk.run(changing(token, "DISPLACED"));
    return token;
  }

  long newestToken(long slot) throws SQLException {
    return desk.number("select max(id) from token where slot_id = " + slot);
  }

  /// A new token with its entry and outcome.
  String[] taking(long slot, long patient, String priority) {
    String request = newRequest();
    return new String[] {
      insertToken(slot, patient, priority), outcome(request), entryOfNewest(slot, request)
    };
  }

  /// A change of a token with its entry and outcome.
  String[] changing(long token, String status) {
    String request = newRequest();
    return new String[] {
      setStatus(token, status), outcome(request), entry(kindOf(status), token, request)
    };
  }

  /// A change of a slot with its entry and outcome.
  String[] changingSlot(long slot, String status, int delayMinutes) {
    String request = newRequest();
    String kind = status.equals("SCHEDULED") ? "SLOT_DELAYED" : "SLOT_" + status;
    return new String[] {
      setSlot(slot, status, Integer.toString(delayMinutes)),
      outcome(request),
      entryAbout("slot_id", Long.toString(slot), kind, request)
    };
  }

  /// A change of a token's status that is taken back, with its entry and outcome.
  ///
  /// @param undoes the number of the entry that told of it
  String[] undoing(long token, String status, long undoes) {
    String request = newRequest();
    return new String[] {
      setStatus(token, status), outcome(request), undone(token, status, undoes, request)
    };
  }

  static String undone(long token, String status, long undoes, String request) {
    return ("insert into audit_entry (actor, kind, request_id, slot_id, token_id, patient_id, facts)"
            + " select 'test', 'CHANGE_UNDONE', '%s', slot_id, id, patient_id,"
            + " '{\"undoes\":%d,\"status\":\"%s\"}' from token where id = %d")
        .formatted(request, undoes, status, token);
  }

  /// A change of the slot's row with an entry of this kind and its outcome.
  String[] changingSlot(long slot, String columns, String kind) {
    String request = newRequest();
    return new String[] {
      "update slot set %s where id = %d".formatted(columns, slot),
      outcome(request),
      entryAbout("slot_id", Long.toString(slot), kind, request)
    };
  }

  /// A successor in another slot with its entry and outcome.
  String[] makingGood(long displaced, long slot) {
    String request = newRequest();
    return new String[] {
      "insert into token (slot_id, patient_id, priority, source, reallocated_from)"
          + " select %d, patient_id, priority, source, id from token where id = %d"
              .formatted(slot, displaced),
      outcome(request),
      entryOfNewest(slot, request)
    };
  }

  static String kindOf(String status) {
    return status.equals("ACTIVE") ? "TOKEN_REINSTATED" : "TOKEN_" + status;
  }

  static String insertSlot(String doctor, String start, String end, int capacity) {
    return "insert into slot (doctor_code, starts_at, ends_at, capacity) values ('%s', '%s', '%s', %d)"
        .formatted(doctor, start, end, capacity);
  }

  static String insertToken(long slot, long patient, String priority) {
    return "insert into token (slot_id, patient_id, priority, source) values (%d, %d, '%s', 'WALK_IN')"
        .formatted(slot, patient, priority);
  }

  static String setSlot(long slot, String status, String delayMinutes) {
    return "update slot set status = '%s', delay_minutes = %s where id = %d"
        .formatted(status, delayMinutes, slot);
  }

  /// An entry in the chain of the slot, doctor or patient with this key.
  static String entryAbout(String column, String key, String kind, String request) {
    return "insert into audit_entry (actor, kind, request_id, facts, %s) values ('test', '%s', '%s', '{}', '%s')"
        .formatted(column, kind, request, key);
  }

  static String setStatus(long token, String status) {
    return "update token set status = '%s' where id = %d".formatted(status, token);
  }

  static String entryOfNewest(long slot, String request) {
    return ("insert into audit_entry (actor, kind, request_id, slot_id, token_id, patient_id, rule, facts)"
            + " select 'test', 'TOKEN_ALLOCATED', '%s', slot_id, id, patient_id, 1, '{}' from token"
            + " where slot_id = %d order by id desc limit 1")
        .formatted(request, slot);
  }

  static String entry(String kind, long token, String request) {
    return ("insert into audit_entry (actor, kind, request_id, slot_id, token_id, patient_id, facts)"
            + " select 'test', '%s', '%s', slot_id, id, patient_id, '{}' from token where id = %d")
        .formatted(kind, request, token);
  }

  public static String outcome(String request) {
    return "insert into request (id, digest, kind, outcome) values ('%s', sha256('x'), 'ADMITTED', '{}')"
        .formatted(request);
  }

  /// Returns once one of the program's own connections waits for a slot's lock in this facility.
  public void awaitADeskThatWaits() throws SQLException {
    String waiting =
        "select count(*) from pg_stat_activity a where wait_event_type = 'Lock'"
            + " and application_name = 'opd' and query like '%for no key update%'"
            + " and exists (select from pg_locks l where l.pid = a.pid"
            + " and l.relation = 'slot'::regclass)";
    Instant deadline = Instant.now().plus(Await.PATIENCE);
    while (superuser.number(waiting) == 0) {
      if (Instant.now().isAfter(deadline)) {
        throw new AssertionError("no desk waits for a lock");
      }
      Await.pause();
    }
  }

  interface Step {
    void run() throws SQLException;
  }

  /// Starts the work of the other prompt, waits until it waits for a lock, then takes the step.
  String meanwhile(Callable<String> work, Prompt other, Step step) throws Exception {
    try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
      Future<String> answer = executor.submit(work);
      superuser.awaitWaiting(other);
      step.run();
      return answer.get();
    }
  }

  @Override
  public void close() throws SQLException {
    desk.close();
    superuser.close();
    facility.close();
  }
}
