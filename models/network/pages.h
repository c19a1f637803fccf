// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <network/fetchplan.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>

namespace tenken
{

/// The elements of a page, wherever this API keeps them: a bare array, data, dashboards, tests …
QJsonArray elementsOf(const QJsonDocument &page);

/// Walks through a listing: says after each page which one to ask for next, and at the end whether it saw
/// them all.
class Pages
{
public:
    explicit Pages(const FetchRequest &first) : m_current(first) {}

    const FetchRequest &current() const { return m_current; }
    bool next(const QJsonDocument &answer); ///< takes an answer in; true: current() is to be asked for now
    bool isComplete() const { return m_complete; } ///< after next() said false
    qsizetype count() const { return m_seen.size(); } ///< elements, each once

private:
    bool step(const QJsonDocument &answer, qsizetype elements);
    bool stepBy(const QString &key, qsizetype by);
    bool stepTo(const QString &cursor);
    bool stepToLink(const QJsonDocument &answer);
    QString value(const QString &key) const;
    void setValue(const QString &key, const QString &value);

    FetchRequest m_current;
    QSet<QString> m_seen;
    QSet<QString> m_cursors;
    qsizetype m_total = -1; ///< as the server says, where that may be believed
    int m_pages = 0;
    bool m_complete = false;
};

} // namespace tenken
