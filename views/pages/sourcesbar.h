// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/evidence.h>

#include <QFrame>

class QVBoxLayout;

namespace tenken {

class Session;

/// Something a service wants that nobody allowed on this machine yet: a folder to be read, or a renderer to be run.
struct Demand {
    enum class Kind { Read, Render };
    Kind kind = Kind::Read;
    QString folder;         ///< absolute
    Text words;
    friend bool operator==(const Demand &, const Demand &) = default;
};
std::vector<Demand> demandsOf(const Evidence &evidence, const Permissions &permissions);

/// Asks, above the pages, for what the open service wants; there only while it does. Allowing reads again.
class SourcesBar : public QFrame
{
    Q_OBJECT
public:
    SourcesBar(Session &session, Lang lang, QWidget *parent = nullptr);

signals:
    void failed(const tenken::Problem &problem);

private:
    void refresh();
    void allow(const Demand &demand);

    Session &m_session;
    Lang m_lang;
    std::vector<Demand> m_shown;
    QVBoxLayout *m_rows;
};

} // namespace tenken
