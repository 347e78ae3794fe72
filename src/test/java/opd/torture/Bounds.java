package opd.torture;

import java.sql.SQLException;
import opd.testing.Prompt;

/// A guard of the torture's own: whoever decides does so within bounds on locks and time, whatever
/// session of the server it is given.
final class Bounds {
  private Bounds() {}

  static void demand(Prompt superuser) throws SQLException {
    superuser.run(
        """
        create function is_bounded() returns trigger language plpgsql as $$ begin
          if current_setting('lock_timeout') <> '1s'
             or current_setting('statement_timeout') <> '5s'
             or current_setting('idle_in_transaction_session_timeout') <> '2s' then
            raise exception 'decided without a bound';
          end if;
          return new;
        end $$\
        """,
        // Comes before a gate, which lifts a bound.
        "create trigger bounded before insert on request for each row execute function is_bounded()");
  }

  static void demandNoMore(Prompt superuser) throws SQLException {
    superuser.run("drop function is_bounded() cascade");
  }
}
