package opd.service;

import java.util.List;
import java.util.Optional;
import opd.decision.SlotBook;
import opd.domain.Doctor;
import opd.domain.DoctorCode;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.domain.Similar;
import opd.domain.Slot;
import opd.domain.SlotLabel;
import opd.domain.SlotReference;
import opd.domain.Token;
import opd.domain.TokenReference;
import opd.store.connection.Transaction;
import opd.store.table.DoctorStore;
import opd.store.table.SlotStore;
import opd.store.table.TokenStore;

/// Finds what a person or a script named, or says that it does not exist.
final class Finder {
  private Finder() {}

  /// @throws OpdException SLOT_NOT_FOUND
  static Slot slot(Transaction transaction, SlotReference reference) {
    Optional<Slot> slot =
        switch (reference) {
          case SlotReference.ById(long id) -> SlotStore.find(transaction, id);
          case SlotReference.ByLabel(SlotLabel label) -> SlotStore.find(transaction, label);
        };
    if (slot.isEmpty() && reference instanceof SlotReference.ByLabel(SlotLabel label)) {
      checkDoctor(transaction, label);
    }
    return slot.orElseThrow(() ->
        new OpdException(
            ErrorCode.SLOT_NOT_FOUND,
            "there is no slot " + reference,
            "see 'opd slot list' for the day's slots"));
  }

  /// The book of this slot among those that were locked.
  ///
  /// @throws OpdException SLOT_NOT_FOUND
  static SlotBook book(List<SlotBook> books, SlotLabel slot) {
    return books.stream()
        .filter(book -> book.slot().label().equals(slot))
        .findFirst()
        .orElseThrow(() -> new OpdException(ErrorCode.SLOT_NOT_FOUND, "there is no slot " + slot));
  }

  /// A label with a doctor who does not exist is most likely a slip of the finger.
  private static void checkDoctor(Transaction transaction, SlotLabel label) {
    try {
      doctor(transaction, label.doctor());
    } catch (OpdException e) {
      throw new OpdException(
          ErrorCode.SLOT_NOT_FOUND,
          "there is no slot " + label + ": " + e.getMessage(),
          e.hint(),
          null);
    }
  }

  /// @throws OpdException TOKEN_NOT_FOUND
  static Token token(Transaction transaction, TokenReference reference) {
    Optional<Token> token =
        switch (reference) {
          case TokenReference.ById(long id) -> TokenStore.find(transaction, id);
          case TokenReference.ByLabel(var label) -> TokenStore.find(transaction, label);
        };
    return present(reference, token);
  }

  /// @throws OpdException TOKEN_NOT_FOUND
  static Token present(TokenReference reference, Optional<Token> token) {
    return token.orElseThrow(() ->
        new OpdException(
            ErrorCode.TOKEN_NOT_FOUND,
            "there is no token " + reference,
            "see 'opd queue --all' for the tokens of a slot"));
  }

  /// @throws OpdException DOCTOR_NOT_FOUND
  static Doctor doctor(Transaction transaction, DoctorCode code) {
    return present(transaction, code, DoctorStore.find(transaction, code));
  }

  /// The doctor, locked until the transaction ends.
  ///
  /// @throws OpdException DOCTOR_NOT_FOUND
  static Doctor lockedDoctor(Transaction transaction, DoctorCode code) {
    return present(transaction, code, DoctorStore.lock(transaction, code));
  }

  private static Doctor present(Transaction transaction, DoctorCode code, Optional<Doctor> doctor) {
    return doctor.orElseThrow(() -> {
      List<String> known =
          DoctorStore.list(transaction).stream().map(other -> other.code().value()).toList();
      return new OpdException(
          ErrorCode.DOCTOR_NOT_FOUND,
          "there is no doctor " + code,
          Similar.to(code.value(), known)
              .map(similar -> "did you mean " + similar + "?")
              .orElse("see 'opd doctor list'"));
    });
  }
}
