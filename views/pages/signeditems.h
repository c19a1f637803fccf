// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <signoff/verify.h>

#include <QWidget>

class QPlainTextEdit;
class QTreeWidget;

namespace tenken {

/// What a signed review says of each item, read-only, beside what changed since it was signed.
class SignedItems : public QWidget
{
    Q_OBJECT
public:
    explicit SignedItems(Lang lang, QWidget *parent = nullptr);

    void setReview(const QByteArray &reviewJson, const std::vector<EvidenceFile> &files, bool compared);
    QTreeWidget *list() const { return m_list; }
    QPlainTextEdit *details() const { return m_details; }

private:
    Lang m_lang;
    QTreeWidget *m_list;
    QPlainTextEdit *m_details;
};

/// What an item of review.json says, as plain text.
QString itemInWords(const QJsonObject &item, Lang lang);

} // namespace tenken
