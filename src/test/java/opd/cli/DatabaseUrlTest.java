package opd.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
}
