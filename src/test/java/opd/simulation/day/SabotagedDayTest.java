package opd.simulation.day;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import opd.simulation.auditor.Invariant;
import opd.simulation.script.DayStep;
import opd.testing.TestFacility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The day's checks are worth something only if they catch what is wrong: each test here breaks
/// something between two steps, with the database's own guards switched off, and the day must name
/// it.
@Order(24)
final class SabotagedDayTest {
  /// @param sql run as the superuser after the emergencies, without triggers
  /// @param check which must fail
  private static Arguments sabotage(String what, String check, String... sql) {
    return Arguments.argumentSet(what, check, List.of(sql));
  }

  static Stream<Arguments> sabotages() {
    return Stream.of(
        sabotage(
            "a displaced token is deleted",
            "no token that was ever given has vanished",
            "delete from token where " + rao(2)),
        sabotage(
            "a displaced token is active again in a full slot",
            "no slot has more patients than places",
            "update token set status = 'ACTIVE' where " + rao(2)),
        sabotage(
            "a number is skipped",
            "the numbers in every slot are 1, 2, 3 without a gap",
            "update token set sequence_number = 9 where " + rao(5)),
        sabotage(
            "a paid patient is made an emergency",
            "no token changed its patient, its priority or its source",
            "update token set priority = 'EMERGENCY' where " + rao(4)),
        sabotage(
            "a token is given to another patient",
            "no token changed its patient, its priority or its source",
            "update token set patient_id = 1 + patient_id where " + rao(4)),
        sabotage(
            "a patient gets a second place in the slot",
            "no patient has two places in one slot",
            "drop index token_patient_is_active_once_in_a_slot",
            "update token set patient_id = (select patient_id from token where %s) where %s"
                .formatted(rao(5), rao(4))),
        sabotage(
            "a cancelled token is completed",
            "what was cancelled, missed or completed stayed so",
            "update token set status = 'COMPLETED' where " + rao(1)),
        sabotage(
            "a slot's count is wrong",
            "the counts shown for every slot are those of its tokens",
            "alter table slot_count drop constraint slot_counts_every_token_once",
            "update slot_count set displaced = 5"
                + " where slot_id = (select id from slot where label = 'RAO-20300107-0900')"),
        sabotage(
            "a slot is closed over its patients' heads",
            "nobody holds a place in a closed slot",
            "alter table slot_count drop constraint slot_closed_has_no_active_token",
            "update slot set status = 'CANCELLED' where label = 'RAO-20300107-0900'"),
        sabotage(
            "an audit entry is removed",
            "each entry of the audit log follows the one before",
            "delete from audit_entry where kind = 'TOKEN_DISPLACED'"));
  }

  /// The token of that number in Dr Rao's first slot.
  private static String rao(int sequence) {
    return "slot_id = (select id from slot where label = 'RAO-20300107-0900')"
        + " and sequence_number = "
        + sequence;
  }

  @ParameterizedTest
  @MethodSource("sabotages")
  void whatIsTamperedWithIsNamed(String check, List<String> sql) {
    DayResult day = PlayedDay.with((facility, script) -> script.set(5, tampering(facility, sql)));
    assertThat(day.ok()).isFalse();
    assertThat(PlayedDay.failed(day))
        .contains(check)
        .doesNotContain("tampering has succeeded", "all slots could be looked at");
    assertThat(day.steps().subList(0, 5)).allMatch(Step::ok);
  }

  private static DayStep tampering(TestFacility facility, List<String> statements) {
    return new DayStep(
        "Tampering",
        (desk, findings) -> {
          try (var connection = facility.connectAsSuperuser();
              var statement = connection.createStatement()) {
            statement.execute("set session_replication_role = replica");
            for (String sql : statements) {
              statement.execute(sql);
            }
            findings.expect(
                "tampering has succeeded",
                "true",
                Boolean.toString(statement.getUpdateCount() > 0));
          } catch (SQLException e) {
            findings.expect("tampering has succeeded", "true", e.toString());
          }
        });
  }

  /// @param trigger what the database does wrong in a generated day
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          who is displaced stays called     | if new.kind = 'TOKEN_DISPLACED' then return null; end if;
          who comes back stays away         | if new.kind = 'TOKEN_RETURNED' then return null; end if;
          """)
  void aGeneratedDayNamesWhatTheDatabaseForgets(String what, String forgetting) {
    String forgetful =
        """
        do $do$ begin
          execute regexp_replace(
            pg_get_functiondef('token_is_served'::regproc), '\\mBEGIN\\M', $b$BEGIN %s$b$);
        end $do$
        """
            .formatted(forgetting);
    assertThat(GeneratedDays.faults(2, 1, List.of(forgetful)))
        .as(what)
        .anySatisfy(fault -> assertThat(fault).startsWith(Invariant.QUEUE.sentence()));
  }

  @Test
  void aWrongExpectationIsNamedAndTheDayGoesOn() {
    DayResult day =
        PlayedDay.with((facility, script) ->
            script.add(
                5,
                new DayStep(
                    "Wrong",
                    (desk, findings) ->
                        findings.expect(
                            "the latest follow-up, RAO-0900-02, kept its place", "kept", "lost"))));
    assertThat(PlayedDay.failed(day))
        .containsExactly("the latest follow-up, RAO-20300107-0900-02, kept its place");
    assertThat(day.steps().get(5).checks())
        .contains(
            new Check(
                "the latest follow-up, RAO-20300107-0900-02, kept its place",
                false,
                "expected: kept; found: lost"));
    assertThat(day.ok()).isFalse();
  }

  @Test
  void aStepThatBreaksOffIsAFailedCheckAndTheDayGoesOn() {
    DayResult day =
        PlayedDay.with((facility, script) ->
            script.addFirst(
                new DayStep(
                    "Broken",
                    (desk, findings) -> {
                      throw new IllegalStateException("the pen is empty");
                    })));
    assertThat(PlayedDay.failed(day)).containsExactly("the step went through to its end");
    assertThat(day.steps()).hasSize(8);
    assertThat(day.steps().getFirst().checks().getFirst().detail())
        .isEqualTo("IllegalStateException: the pen is empty");
  }

  @Test
  void aStepLeftOutIsMissedByTheNextOnes() {
    DayResult day = PlayedDay.with((facility, script) -> script.remove(4));
    assertThat(day.ok()).isFalse();
    assertThat(PlayedDay.failed(day))
        .contains("the queue of RAO-20300107-0900 is exactly as it should be");
  }
}
