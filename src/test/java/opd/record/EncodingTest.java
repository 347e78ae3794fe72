package opd.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import opd.domain.Doctor;
import opd.domain.DoctorCode;
import opd.domain.PatientKey;
import opd.domain.PersonName;
import opd.domain.PhoneNumber;
import opd.domain.Sha256;
import org.junit.jupiter.api.Test;

/// The text under every hash, and the digests that stand for people.
final class EncodingTest {
  private static final byte[] SALT = new byte[16];

  @Test
  void everyFieldHasItsLengthInBytesBeforeItAndANullIsAHyphen() {
    assertThat(Encoding.of(Arrays.asList("a", null, "", "é", "-"))).isEqualTo("1:a-0:2:é1:-");
    assertThat(Encoding.of(List.of())).isEmpty();
  }

  /// The digests of the empty text and of "1:a", as sha256sum gives them.
  @Test
  void theDigestIsSha256OfThatText() {
    assertThat(Encoding.sha256Hex())
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assertThat(Encoding.sha256Hex("a"))
        .isEqualTo("4162fddd39a3e4225e8e2392eced237fbeb34e6e218b5647d27bd4d2b9c0da24");
    assertThat(Sha256.of("1:a".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(Encoding.sha256("a"))
        .hasSize(32);
  }

  private static String identity(String phone, int member, String name, byte[] salt) {
    return Identity.of(new PatientKey(new PhoneNumber(phone), member), new PersonName(name), salt);
  }

  @Test
  void aPatientsDigestChangesWithNumberMemberNameAndSalt() {
    byte[] other = SALT.clone();
    other[15] = 1;
    assertThat(
            List.of(
                identity("+919876543210", 1, "Asha", SALT),
                identity("+919876543211", 1, "Asha", SALT),
                identity("+919876543210", 2, "Asha", SALT),
                identity("+919876543210", 1, "Usha", SALT),
                identity("+919876543210", 1, "Asha", other)))
        .doesNotHaveDuplicates()
        .allMatch(digest -> digest.matches("[0-9a-f]{64}"));
  }

  @Test
  void aDoctorsDigestChangesWithCodeNameAndSpecialization() {
    assertThat(
            List.of(
                doctor("RAO", "Dr. Rao", "Cardiology"),
                doctor("RAU", "Dr. Rao", "Cardiology"),
                doctor("RAO", "Dr. Rau", "Cardiology"),
                doctor("RAO", "Dr. Rao", null)))
        .doesNotHaveDuplicates()
        .allMatch(digest -> digest.matches("[0-9a-f]{64}"));
  }

  private static String doctor(String code, String name, String specialization) {
    return Identity.of(
        new Doctor(new DoctorCode(code), new PersonName(name), specialization, true));
  }
}
