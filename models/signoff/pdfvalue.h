// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <optional>
#include <utility>
#include <vector>

namespace tenken {

/// One PDF object that is no stream. Numbers and strings keep the bytes they were written with, so that what
/// is read and written again stays the same.
struct PdfValue {
    enum class Kind { Null, Boolean, Number, Name, String, Array, Dictionary, Reference };

    Kind kind = Kind::Null;
    QByteArray token = {};               ///< as written; of a name without its slash
    int object = 0;                      ///< of a reference
    std::vector<PdfValue> items = {};    ///< of an array; of a dictionary its values
    std::vector<QByteArray> keys = {};   ///< of a dictionary, beside its values

    static PdfValue name(const QByteArray &word);
    static PdfValue number(qint64 value);
    static PdfValue real(double points); ///< to a thousandth
    static PdfValue reference(int object);
    static PdfValue text(const QByteArray &ascii); ///< a string
    static PdfValue rectangle(double left, double bottom, double right, double top);
    static PdfValue array(std::vector<PdfValue> items);
    static PdfValue dictionary(std::vector<std::pair<QByteArray, PdfValue>> entries);

    const PdfValue *find(const QByteArray &key) const; ///< of a dictionary
    void set(const QByteArray &key, PdfValue value);
    std::optional<qint64> integer() const;
    QByteArray string() const;           ///< of a string: its bytes
    bool isName(const char *word) const { return kind == Kind::Name && token == word; }
    QByteArray written() const;
};

/// The value at `at`, which moves behind it; nothing where it is none. Depth and number of parts are bounded;
/// a dictionary with two equal keys is refused, as viewers do not agree which of them counts.
std::optional<PdfValue> readPdfValue(QByteArrayView bytes, qsizetype &at);

/// White space and comments, as PDF counts them.
void skipPdfSpace(QByteArrayView bytes, qsizetype &at);

/// An unsigned number of at most ten digits; nothing for anything else.
std::optional<qint64> readPdfInteger(QByteArrayView bytes, qsizetype &at);

} // namespace tenken
