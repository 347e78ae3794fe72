package opd.decision;

import static org.assertj.core.api.Assertions.assertThat;

import opd.domain.DoctorCode;
import opd.domain.Token;
import opd.domain.TokenPriority;
import opd.domain.TokenSource;
import opd.domain.TokenStatus;
import opd.story.LogBook;
import org.junit.jupiter.api.Test;

/// Whom a new entry is about.
final class NewEntryTest {
  private static final AuditEvent EVENT = new AuditEvent.TokenNoShow();

  private static final Token TOKEN =
      new Token(
          5,
          LogBook.token(2),
          9,
          TokenPriority.PAID,
          TokenSource.APP,
          TokenStatus.ACTIVE,
          null,
          LogBook.time("08:00"));

  @Test
  void anEntryIsAboutADoctorAPatientASlotOrOneOfItsTokens() {
    DoctorCode rao = new DoctorCode("RAO");
    assertThat(NewEntry.ofDoctor(rao, EVENT)).isEqualTo(about(new AuditSubject.OfDoctor(rao)));
    assertThat(NewEntry.ofPatient(9, EVENT)).isEqualTo(about(new AuditSubject.OfPatient(9)));
    assertThat(NewEntry.ofSlot(3, EVENT)).isEqualTo(about(new AuditSubject.OfSlot(3, null, null)));
    assertThat(NewEntry.ofRefusal(3, 9, EVENT))
        .isEqualTo(about(new AuditSubject.OfSlot(3, null, 9L)));
    assertThat(NewEntry.ofToken(3, TOKEN, EVENT))
        .isEqualTo(about(new AuditSubject.OfSlot(3, TOKEN, 9L)));
  }

  @Test
  void onlyAnEntryAboutATokenIsChangedWithIt() {
    NewEntry ofToken = about(new AuditSubject.OfSlot(3, TOKEN, 9L));
    assertThat(ofToken.with(token -> token.withId(50)))
        .isEqualTo(about(new AuditSubject.OfSlot(3, TOKEN.withId(50), 9L)));
    for (NewEntry other :
        new NewEntry[] {
          about(new AuditSubject.OfSlot(3, null, 9L)),
          about(new AuditSubject.OfPatient(9)),
          about(new AuditSubject.OfDoctor(new DoctorCode("RAO")))
        }) {
      assertThat(other.with(token -> token.withId(50))).isSameAs(other);
    }
  }

  private static NewEntry about(AuditSubject subject) {
    return new NewEntry(subject, EVENT);
  }
}
