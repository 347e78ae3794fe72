package opd.store.table;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import opd.domain.SlotLabel;
import opd.store.connection.DatabaseSettings;
import opd.store.connection.Fault;
import opd.store.connection.FaultMessages;
import opd.store.connection.OpenConnection;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;

/// Looks at a facility's tables from outside, for those who check the engine: SQL of its own, which
/// shares nothing with the statements that write, on a connection of its own, so that it sees what
/// is committed and nothing else. It changes nothing.
public final class Inspection implements AutoCloseable {
  // One statement that is prepared once, because the auditor asks it after every decision.
  private static final String SLOTS =
      """
      select s.label,
             s.status || ' +' || s.delay_minutes || ', ACTIVE ' || n.active
               || ', DISPLACED ' || n.displaced || ', CANCELLED ' || n.cancelled
               || ', NO_SHOW ' || n.no_show || ', COMPLETED ' || n.completed
               || ', last number ' || n.last_sequence,
             coalesce((select max(a.number) from audit_entry a where a.chain = 'slot/' || s.id), 0),
             (select string_agg(
                       case when t.sequence_number < 10 then '0' else '' end || t.sequence_number
                         || ' ' || coalesce(p.phone, 'U-' || p.id) || '/' || p.member || ' ' || t.priority
                         || ' ' || t.source || ' ' || t.status
                         || coalesce(' from ' || fs.label
                              || case when f.sequence_number < 10 then '-0' else '-' end
                              || f.sequence_number, '')
                         || coalesce(' here ' || floor(extract(epoch from v.arrived_at)), '')
                         || coalesce(' called ' || floor(extract(epoch from v.called_at)), '')
                         || coalesce(' to ' || v.room, '')
                         || case when v.calls > 0 then ' calls ' || v.calls else '' end
                         || coalesce(' away ' || floor(extract(epoch from v.parked_at)), ''),
                       E'\\n' order by t.sequence_number)
                from token t
                join patient p on p.id = t.patient_id
                left join token f on f.id = t.reallocated_from
                left join slot fs on fs.id = f.slot_id
                left join serving v on v.token_id = t.id
               where t.slot_id = s.id)
        from slot s
        join slot_count n on n.slot_id = s.id
       where s.label = any (?)
       order by s.starts_at, s.doctor_code
      """;

  /// What must never be found, by the sentence that says so: each query gives what breaks it.
  private static final Map<String, String> NEVER = never();

  private final Connection connection;
  private final DSLContext sql;
  private final DatabaseSettings settings;
  private final PreparedStatement slots;

  private Inspection(OpenConnection open, DatabaseSettings settings) throws SQLException {
    this.connection = open.connection();
    slots = connection.prepareStatement(SLOTS);
    this.settings = settings;
    sql = open.sql();
  }

  public static Inspection open(DatabaseSettings settings) {
    try {
      return new Inspection(
          OpenConnection.withOwnSession(settings, settings.forOwnSession()), settings);
    } catch (SQLException e) {
      throw FaultMessages.error(Fault.of(e), settings);
    }
  }

  /// A slot as its rows say.
  ///
  /// @param state status, delay, counters and last number in one line
  /// @param entries how many the slot's log has
  /// @param tokens one line each, by number: number, patient, priority, source, status, origin,
  ///   arrival, call and absence
  public record SlotRow(String label, String state, long entries, List<String> tokens) {}

  /// By start and doctor; a slot that does not exist is missing.
  public List<SlotRow> slots(Collection<SlotLabel> labels) {
    String[] wanted = labels.stream().map(SlotLabel::toString).toArray(String[]::new);
    try {
      slots.setArray(1, connection.createArrayOf("text", wanted));
      List<SlotRow> found = new ArrayList<>();
      try (ResultSet rows = slots.executeQuery()) {
        while (rows.next()) {
          String tokens = rows.getString(4);
          found.add(
              new SlotRow(
                  rows.getString(1),
                  rows.getString(2),
                  rows.getLong(3),
                  tokens == null ? List.of() : tokens.lines().toList()));
        }
      }
      return found;
    } catch (SQLException e) {
      throw FaultMessages.error(Fault.of(e), settings);
    }
  }

  /// What breaks an invariant anywhere in the facility: by the sentence that says what must be so,
  /// a few lines of what is not; empty where all is well.
  public Map<String, List<String>> faults() {
    Map<String, List<String>> faults = new LinkedHashMap<>();
    try {
      NEVER.forEach((sentence, query) ->
          faults.put(sentence, sql.fetch(query + " limit 5").getValues(0, String.class)));
    } catch (DataAccessException e) {
      throw FaultMessages.error(Fault.of(e), settings);
    }
    return faults;
  }

  private static Map<String, String> never() {
    Map<String, String> never = new LinkedHashMap<>();
    never.put(
        "no slot has more ACTIVE tokens than places",
        """
        select s.label || ' has ' || count(*) || ' in ' || s.capacity || ' places'
          from slot s join token t on t.slot_id = s.id and t.status = 'ACTIVE'
         group by s.id having count(*) > s.capacity\
        """);
    never.put(
        "no slot that is cancelled or completed has an ACTIVE token",
        """
        select s.label || ' is ' || s.status from slot s
         where s.status in ('CANCELLED', 'COMPLETED')
           and exists (select from token t where t.slot_id = s.id and t.status = 'ACTIVE')\
        """);
    never.put(
        "the numbers of every slot are 1, 2, 3 without a gap",
        """
        select s.label || ' has ' || count(*) || ' numbers from ' || min(t.sequence_number)
                 || ' to ' || max(t.sequence_number)
          from slot s join token t on t.slot_id = s.id
         group by s.id
        having min(t.sequence_number) <> 1 or max(t.sequence_number) <> count(*)
            or count(distinct t.sequence_number) <> count(*)\
        """);
    never.put(
        "no patient holds two ACTIVE tokens in a slot",
        """
        select s.label || ': patient ' || t.patient_id
          from token t join slot s on s.id = t.slot_id where t.status = 'ACTIVE'
         group by s.label, t.patient_id having count(*) > 1\
        """);
    never.put(
        "the counts of every slot are those of its tokens",
        """
        select s.label from slot s
          left join slot_count n on n.slot_id = s.id
          left join token t on t.slot_id = s.id
         group by s.id, n.slot_id
        having (n.capacity, n.is_open, n.active, n.displaced, n.cancelled, n.no_show, n.completed,
                n.last_sequence)
            is distinct from
               (s.capacity, s.status in ('SCHEDULED', 'DELAYED'),
                count(*) filter (where t.status = 'ACTIVE'),
                count(*) filter (where t.status = 'DISPLACED'),
                count(*) filter (where t.status = 'CANCELLED'),
                count(*) filter (where t.status = 'NO_SHOW'),
                count(*) filter (where t.status = 'COMPLETED'), count(t.id))\
        """);
    never.put(
        "every change of a token in the log is a legal one, and the last is its status",
        """
        select s.label || ' number ' || c.sequence_number || ': ' || coalesce(c.before, 'nothing')
                 || ' to ' || c.after
          from (select t.slot_id, t.sequence_number, a.after, a.is_undone,
                       lag(a.after) over changes as before,
                       lead(a.after) over changes is null and a.after <> t.status as is_other
                  from token t
                  join (select id, token_id, kind = 'CHANGE_UNDONE' as is_undone, case kind
                                 when 'TOKEN_ALLOCATED' then 'ACTIVE'
                                 when 'TOKEN_REINSTATED' then 'ACTIVE'
                                 when 'TOKEN_DISPLACED' then 'DISPLACED'
                                 when 'TOKEN_CANCELLED' then 'CANCELLED'
                                 when 'TOKEN_NO_SHOW' then 'NO_SHOW'
                                 when 'TOKEN_COMPLETED' then 'COMPLETED'
                                 when 'CHANGE_UNDONE' then facts ->> 'status' end as after
                          from audit_entry where token_id is not null) a
                    on a.token_id = t.id and a.after is not null
                window changes as (partition by t.id order by a.id)) c
          join slot s on s.id = c.slot_id
         where c.is_other
            or not c.is_undone and (coalesce(c.before, ''), c.after) not in (
                 ('', 'ACTIVE'), ('ACTIVE', 'DISPLACED'), ('ACTIVE', 'CANCELLED'),
                 ('ACTIVE', 'NO_SHOW'), ('ACTIVE', 'COMPLETED'), ('DISPLACED', 'ACTIVE'),
                 ('DISPLACED', 'CANCELLED'))
            or c.is_undone and (c.before, c.after) not in (
                 ('CANCELLED', 'ACTIVE'), ('CANCELLED', 'DISPLACED'), ('NO_SHOW', 'ACTIVE'),
                 ('COMPLETED', 'ACTIVE'), ('DISPLACED', 'ACTIVE'))\
        """);
    never.put(
        "every change of a token has exactly one entry in the log",
        """
        select s.label || ' number ' || t.sequence_number || ': ' || count(a.id) || ' entries for '
                 || t.version || ' changes'
          from token t
          join slot s on s.id = t.slot_id
          left join audit_entry a on a.token_id = t.id and a.token_version is not null
         group by s.label, t.id having count(a.id) <> t.version\
        """);
    never.put(
        "every request has entries in the log, and every entry its request",
        """
        select coalesce('request ' || r.id, 'entry ' || a.id)
          from request r full join audit_entry a on a.request_id = r.id
         where r.id is null or a.id is null\
        """);
    never.put(
        "nobody was given two tokens for one that was displaced",
        """
        select f.id || ' was made good ' || count(*) || ' times'
          from token f join token t on t.reallocated_from = f.id
         group by f.id, f.status having count(*) > 1 or f.status <> 'DISPLACED'\
        """);
    return never;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw FaultMessages.error(Fault.of(e), settings);
    }
  }
}
