// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <signoff/pdffile.h>

#include <QMap>

namespace tenken {

/// Appends to a PDF without touching a byte of it: new and replaced objects, and one more cross-reference
/// section. The same calls on the same file give the same bytes, on any machine: nothing is packed, drawn or
/// dated.
class PdfUpdate
{
public:
    explicit PdfUpdate(PdfFile file);

    const PdfFile &file() const { return m_file; }
    int add(const PdfValue &value);
    int addStream(PdfValue dictionary, const QByteArray &bytes); ///< sets /Length
    int addWritten(const QByteArray &written); ///< as it will stand in the file
    void replace(int object, const PdfValue &value);
    Result<PdfValue> dictionaryOf(int object) const; ///< as it is with the changes so far

    /// Changes the catalog.
    Result<void> setInCatalog(const QByteArray &key, const PdfValue &value);

    struct Attachment {
        QByteArray name;            ///< ASCII
        QByteArray mime;            ///< "application/json"
        QByteArray description;     ///< ASCII
        QByteArray bytes;
    };
    /// Adds to the list of attachments, in the order of names as readers want it; those of the same name give
    /// way.
    Result<void> attach(const std::vector<Attachment> &attachments);

    /// Copies a page of another file as a drawing that can be placed; what it needs comes along, and nothing
    /// else.
    Result<int> importPage(const PdfFile &from, int page, double width, double height);
    /// The same of a page of this file, cut to a rectangle.
    Result<int> reusePage(int page, double left, double bottom, double width, double height);

    struct Placed {
        int drawing;
        double x, y;                ///< of its lower left corner, in points
    };
    Result<void> addPage(double width, double height, const std::vector<Placed> &drawings);

    struct OutlineEntry {
        QString title;
        int page = 0;               ///< index
        double top = 842;           ///< in points from below
    };
    Result<void> setOutline(const std::vector<OutlineEntry> &entries);

    QByteArray save() const;        ///< the file's bytes and the update

private:
    Result<PdfValue> copied(const PdfFile &from, const PdfValue &value, QMap<int, int> &known, int depth);
    Result<int> drawing(const PdfFile &from, const PdfValue &page, PdfValue resources, const PdfValue &box);

    PdfFile m_file;
    QMap<int, QByteArray> m_objects; ///< changed and new, as they will be written
    QMap<int, PdfValue> m_values;    ///< those that are dictionaries
    int m_next;
    qint64 m_imported = 0;
};

} // namespace tenken
