// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/recorddraft.h>

#include <QDialog>

#include <functional>

class QComboBox;
class QFormLayout;
class QPushButton;
class QScrollArea;

namespace tenken {

class Label;

/// Asks what a test was and how it ended, checks every answer as it is typed, and writes the record.
class RecordDialog : public QDialog
{
    Q_OBJECT
public:
    /// `kinds`: those that the item's rules read, the first one chosen.
    RecordDialog(const Evidence &evidence, const Text &item, const QStringList &kinds, const QString &author, Lang lang,
                 QWidget *parent = nullptr);

    const RecordDraft &draft() const { return m_draft; }
    QString written() const { return m_written; } ///< relative path; empty until it is accepted

    void accept() override;             ///< writes; stays open where that fails

private:
    struct Row {
        const TestField *field;
        std::function<QString()> answer;
    };

    void setKind(const QString &kind);
    void buildRows();
    void addRow(QFormLayout &form, const TestField &field);
    QWidget *editorFor(const TestField &field, Row &row);
    void take();                        ///< what is in the fields
    void check();
    Text complaint() const;             ///< the first answer that may not stand, with its field
    Text hint() const;
    QString in(const Text &text) const { return text.in(m_lang); }

    Evidence m_evidence;                ///< service and manifests: the session's may be read again meanwhile
    QString m_author;
    Lang m_lang;
    RecordDraft m_draft;
    QString m_written;
    std::vector<Row> m_rows;
    QComboBox *m_kind;
    QScrollArea *m_scroll;
    Label *m_hint;
    QPushButton *m_ok = nullptr;
};

} // namespace tenken
