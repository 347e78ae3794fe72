package opd.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import opd.cli.session.DatabaseUrl;
import opd.domain.OpdException;
import org.junit.jupiter.api.Test;

/// A database's address as people write it, and what of it is shown.
final class DatabaseUrlTest {
  @Test
  void userAndPasswordAreTakenOutOfTheAddress() {
    DatabaseUrl url =
        DatabaseUrl.parse("postgresql://a%40b:p%3Fq@db.example:5433/opd?sslmode=require");
    assertThat(url.jdbc()).isEqualTo("jdbc:postgresql://db.example:5433/opd?sslmode=require");
    assertThat(url.user()).isEqualTo("a@b");
    assertThat(url.password()).isEqualTo("p?q");
  }

  @Test
  void aWrongEscapeIsNamedWhereverItStands() {
    for (String rest :
        List.of(
            "db.example/o%zzd", "db.example/opd%2", "a%zz@db.example/opd", "db.example/?user=%")) {
      assertThatThrownBy(() -> DatabaseUrl.parse("postgresql://" + rest))
          .as(rest)
          .isInstanceOf(OpdException.class)
          .hasMessageContaining("wrong %-escape");
    }
  }

  @Test
  void aUserAmongTheParametersMayHoldAnAtSign() {
    assertThat(DatabaseUrl.parse("postgresql://db.example/opd?user=desk@db").user())
        .isEqualTo("desk@db");
  }

  @Test
  void anAddressWithoutADatabaseGetsTheSlashThatTheDriverWants() {
    assertThat(DatabaseUrl.parse("postgresql://db.example?user=desk").jdbc())
        .isEqualTo("jdbc:postgresql://db.example/");
  }

  @Test
  void thePasswordOfAKeyIsUsedAndNotShown() {
    DatabaseUrl url =
        DatabaseUrl.parse("postgresql://db.example/opd?sslpassword=secret&sslmode=require");
    assertThat(url.jdbc()).contains("sslpassword=secret&");
    assertThat(url.toString()).contains("sslpassword=***&sslmode=require").doesNotContain("secret");
  }

  @Test
  void aLoginThatIsCutAtAQuestionMarkIsNotQuoted() {
    assertThatThrownBy(() -> DatabaseUrl.parse("postgresql://desk:secr?et@db.example/opd"))
        .isInstanceOf(OpdException.class)
        .hasMessageNotContaining("secr")
        .hasMessageContaining("question mark");
  }

  @Test
  void aModeOfEncryptionThatDoesNotExistIsRefused() {
    assertThatThrownBy(() -> DatabaseUrl.parse("postgresql://db.example/opd?sslmode=verify"))
        .isInstanceOf(OpdException.class)
        .hasMessageContaining("sslmode");
  }

  @Test
  void psqlsWordsAreTranslatedAndAPlusSignIsItself() {
    DatabaseUrl url =
        DatabaseUrl.parse(
            "postgresql://a,b/opd?target_session_attrs=read-write&channel_binding=require"
                + "&application_name=desk%201&sslrootcert=/etc/a+b.crt");
    assertThat(url.jdbc())
        .isEqualTo(
            "jdbc:postgresql://a,b/opd?targetServerType=primary&channelBinding=require"
                + "&ApplicationName=desk%201&sslrootcert=/etc/a%2Bb.crt");
  }

  @Test
  void whatIsNotTakenIsNamedWithWhatToDoInstead() {
    assertThat(hint("currentSchema=opd_b")).contains("--facility");
    assertThat(hint("options=-c%20search_path=opd_b")).contains("--facility", "--timeout");
    assertThat(hint("connect_timeout=5")).contains("--timeout");
    assertThat(hint("SSLMODE=require")).isEqualTo("did you mean sslmode?");
    assertThat(hint("sslrootcrt=x")).isEqualTo("did you mean sslrootcert?");
    assertThat(hint("autosave=always")).contains("leave it out", "sslmode", "targetServerType");
    assertThat(hint("targetServerType=main")).contains("any, primary, secondary");
  }

  private static String hint(String parameter) {
    OpdException refused =
        catchThrowableOfType(
            OpdException.class,
            () -> DatabaseUrl.parse("postgresql://db.example/opd?" + parameter));
    return String.valueOf(refused.hint());
  }

  @Test
  void theRestOfACutPasswordIsNotQuotedAsAParameter() {
    for (String text : new String[] {"desk?secret@db/opd", "desk?secret&x=y@db/opd"}) {
      assertThatThrownBy(() -> DatabaseUrl.parse("postgresql://" + text))
          .isInstanceOf(OpdException.class)
          .hasMessageNotContaining("secret");
    }
  }
}
