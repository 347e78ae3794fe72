package opd.store.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import opd.testing.Prompt;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// What may be noted of tokens, against plain SQL: nothing but by the entry that tells of it.
final class GuardServingTest {
  @AutoClose private static final GuardedFacility facility = new GuardedFacility();

  @Test
  void theEntryAloneMakesAndChangesTheRow() throws SQLException {
    long token = facility.aToken(facility.aSlot(2), "PAID");
    for (String statement :
        List.of(
            "insert into serving (token_id, slot_id) select id, slot_id from token where id = "
                + token,
            "update serving set room = '2'",
            "delete from serving")) {
      // No privilege.
      assertThat(facility.desk.refusal(statement)).as(statement).isEqualTo("42501");
    }
    facility.desk.run(noting(token, "TOKEN_CALLED"));
    assertThat(row(token)).isEqualTo("1 f t f");
    facility.desk.run(noting(token, "TOKEN_PARKED"));
    assertThat(row(token)).isEqualTo("1 f f t");
    facility.desk.run(noting(token, "TOKEN_RETURNED"));
    facility.desk.run(noting(token, "TOKEN_ARRIVED"));
    // Who walked in has been here since the token was given.
    assertThat(row(token)).isEqualTo("1 f f f");
    facility.desk.run(noting(token, "TOKEN_CALLED"));
    facility.desk.run(facility.changing(token, "DISPLACED"));
    assertThat(row(token)).isEqualTo("2 f f f");
    assertThat(facility.superuser.refusal("delete from serving")).isEqualTo("serving_is_kept");
  }

  @Test
  void nothingIsNotedOfATokenThatIsNotActive() throws SQLException {
    for (String status : List.of("DISPLACED", "CANCELLED", "NO_SHOW", "COMPLETED")) {
      long token = facility.aToken(facility.aSlot(2), "PAID");
      facility.desk.run(facility.changing(token, status));
      for (Prompt prompt : List.of(facility.desk, facility.superuser)) {
        for (String kind :
            List.of("TOKEN_ARRIVED", "TOKEN_CALLED", "TOKEN_PARKED", "TOKEN_RETURNED")) {
          assertThat(prompt.refusal(noting(token, kind)))
              .isEqualTo("serving_is_of_an_active_token");
        }
      }
    }
  }

  @Test
  void anArrivalThatNeverWasGoesAlongWithNobody() throws SQLException {
    long slot = facility.aSlot(2);
    long patient = facility.aPatient();
    String request = facility.newRequest();
    String entry =
        GuardedFacility.entryOfNewest(slot, request)
            .replace("'{}'", "'{\"arrivedAt\":\"2030-01-07T08:55:00Z\"}'");
    assertThat(
            facility.desk.refusal(
                GuardedFacility.insertToken(slot, patient, "PAID"),
                GuardedFacility.outcome(request),
                entry))
        .isEqualTo("serving_arrival_is_the_patients");
  }

  private static String[] noting(long token, String kind) {
    String request = facility.newRequest();
    return new String[] {
      GuardedFacility.outcome(request), GuardedFacility.entry(kind, token, request)
    };
  }

  /// How often the patient was called, and whether arrived, called, away.
  private static String row(long token) throws SQLException {
    return facility.superuser.text(
        ("select concat_ws(' ', calls, arrived_at is not null, called_at is not null,"
                + " parked_at is not null) from serving where token_id = %d")
            .formatted(token));
  }
}
