// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/problem.h>
#include <signoff/pdfvalue.h>

#include <QHash>

namespace tenken {

/// One numbered object: its value and, for a stream, the bytes as they lie in the file.
struct PdfObject {
    PdfValue value;
    bool isStream = false;
    QByteArray stream = {};
};

struct PdfAttachment {
    QByteArray name; ///< without encoding marks; ASCII in what Tenken writes
    QByteArray bytes;
    bool sound = true; ///< their length and checksum are those that the file states, if it states them
};

/// A PDF with a classic cross-reference table and the updates appended to it: what QPdfWriter and Tenken
/// write. Reads untrusted files: everything is bounded, and what is not understood is refused.
class PdfFile
{
public:
    /// A file as it was after the update that ends at `end` (all of it: -1).
    static Result<PdfFile> read(const QByteArray &bytes, qsizetype end = -1);

    const QByteArray &bytes() const { return m_bytes; }
    const PdfValue &trailer() const { return m_trailer; }
    qint64 startXref() const { return m_startXref; }
    int nextObject() const { return m_next; }

    Result<PdfObject> object(int number) const;
    /// What a reference leads to; other values as they are.
    Result<PdfObject> resolved(const PdfValue &value) const;
    Result<PdfValue> dictionary(const PdfValue &value) const;
    Result<QByteArray> content(const PdfObject &stream) const;  ///< inflated where need be

    Result<PdfValue> catalog() const;
    Result<std::vector<int>> pages() const;                     ///< objects of the pages, in order
    /// Entries of the list of attachments.
    Result<std::vector<std::pair<PdfValue, PdfValue>>> fileNames() const;
    Result<std::vector<PdfAttachment>> attachments() const;

private:
    PdfFile() = default;
    Result<void> readSections();
    bool isAsStated(const PdfObject &stream, const QByteArray &bytes) const;
    bool readSection(qsizetype at, PdfValue &trailer);
    std::optional<PdfValue> valueOf(int number, qsizetype &at) const;
    std::optional<qint64> numberIn(int object) const;

    QByteArray m_bytes;
    PdfValue m_trailer;
    QHash<int, qint64> m_offsets;
    qint64 m_startXref = 0, m_entries = 0;
    int m_next = 1;
};

/// Where updates of a file end, one past each "%%EOF" line; at most a few dozen, latest first.
std::vector<qsizetype> pdfRevisions(const QByteArray &bytes);

/// A text string of a name tree or file specification as ASCII or UTF-8.
QByteArray pdfText(const QByteArray &string);

constexpr qint64 largestPdf = 256 * 1024 * 1024;

} // namespace tenken
