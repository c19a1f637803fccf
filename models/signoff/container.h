// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <signoff/pdffile.h>
#include <signoff/seal.h>
#include <signoff/statement.h>

namespace tenken {

/// What one person added: the statement, the signature over its bytes, and the box that shows it on paper (a
/// small PDF that the statement names by its digest).
struct SignedStatement {
    QByteArray statement, signature, box;

    QByteArray stem() const;        ///< "reviewer-1a2b3c4d": of its files; the same wherever it is kept
    friend bool operator==(const SignedStatement &, const SignedStatement &) = default;
};

/// A document taken apart: the frozen body, the first bytes of the file, and what people appended.
struct SignedDocument {
    QByteArray body;
    std::vector<SignedStatement> statements;    ///< by time, as written
    std::vector<PdfAttachment> bodyFiles;       ///< attachments of the body
    std::vector<PdfAttachment> shownFiles;      ///< those that a viewer of the whole file finds
    bool shownReadable = true;                  ///< false: the file goes on in a form Tenken does not write
    bool altered = false; ///< what follows the body is not exactly what the statements, and a seal, give
    std::optional<Seal> seal; ///< as it stands there; nothing of it is proven

    /// Nothing where there is none, or more than one.
    const QByteArray *bodyFile(const QByteArray &name) const;
    const QByteArray *shownFile(const QByteArray &name) const;
    /// Whether what the body carries is what the body itself says of it.
    bool bodyFilesAreSound() const;
};

/// A Problem where it is no PDF, or none whose structure can be read. Nothing is verified by reading.
Result<SignedDocument> readContainer(const QByteArray &file);

/// The signed document: the body, byte for byte, and one update with the boxes, statements, signatures and
/// VERIFY.txt. The same statements give the same bytes, in whatever order they came.
Result<QByteArray> assemble(const QByteArray &body, std::vector<SignedStatement> statements);

/// A seal is over all signatures there are: one more would break it.
Problem alreadySealed();

/// The statements of both, each once. A Problem where they are not over the same body, or sealed.
Result<QByteArray> mergedDocuments(const QByteArray &one, const QByteArray &other);

/// How to check the document without Tenken: a text that is a shell script as well.
QByteArray verifyText(const std::vector<SignedStatement> &statements);

} // namespace tenken
