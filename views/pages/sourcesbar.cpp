// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/sourcesbar.h>

#include <pages/label.h>
#include <review/session.h>

#include <QHBoxLayout>
#include <QPushButton>

#include <algorithm>

namespace tenken {

std::vector<Demand> demandsOf(const Evidence &evidence, const Permissions &permissions)
{
    std::vector<Demand> demands;
    for (const SourceRoot &root : evidence.roots) {
        if (root.state == SourceRoot::State::NotAllowed)
            demands.push_back({Demand::Kind::Read, root.folder,
                               Text{"ルート「%1」の証拠を読んでいません。フォルダー %2 を読んでもよいですか。",
                                    "The evidence in the root “%1” is not read. May the folder %2 be read?"}
                                   .arg(root.name, root.folder)});
    }
    const Roots roots = rootsOf(evidence);
    for (const RenderSource &source : evidence.service.renders) {
        QString relative;
        const Root *root = roots.rootOf(source.path, &relative);
        if (!root || permissions.allowsRendering(root->folder()))
            continue;
        const QString program = source.kind == RenderSource::Kind::Helm ? QStringLiteral("helm") : QStringLiteral("kustomize");
        Demand demand{Demand::Kind::Render, root->folder(),
                      Text{"%1 を組み立てていません。フォルダー %3 で %2 を実行してもよいですか。",
                           "%1 is not rendered. May %2 be run in the folder %3?"}.arg(source.path, program, root->folder())};
        if (!std::ranges::contains(demands, demand))
            demands.push_back(std::move(demand));
    }
    return demands;
}

SourcesBar::SourcesBar(Session &session, Lang lang, QWidget *parent) : QFrame(parent), m_session(session), m_lang(lang)
{
    setObjectName(QStringLiteral("sourcesBar"));
    setAccessibleName(Text{"許可を待つもの", "Waiting to be allowed"}.in(lang));
    setFrameShape(QFrame::StyledPanel);
    m_rows = new QVBoxLayout(this);
    m_rows->setContentsMargins(16, 8, 16, 8);
    m_rows->setSpacing(6);
    connect(&session, &Session::loaded, this, &SourcesBar::refresh);
    refresh();
}

void SourcesBar::refresh()
{
    const std::vector<Demand> demands =
        m_session.state() == Session::State::Empty ? std::vector<Demand>() : demandsOf(m_session.evidence(), storedPermissions());
    setVisible(!demands.empty());
    if (demands == m_shown)
        return;
    m_shown = demands;
    qDeleteAll(findChildren<QWidget *>(Qt::FindDirectChildrenOnly));
    while (QLayoutItem *row = m_rows->takeAt(0))
        delete row;
    for (const Demand &demand : demands) {
        auto *row = new QHBoxLayout;
        auto *words = new Label(demand.words.in(m_lang), Type::Body);
        words->setTextFormat(Qt::PlainText);
        words->setWrapped();
        auto *button = new QPushButton(Text{"許可する", "Allow"}.in(m_lang));
        button->setAccessibleName(Text{"許可する: %1", "Allow: %1"}.arg(demand.folder).in(m_lang));
        button->setAccessibleDescription(demand.words.in(m_lang));
        connect(button, &QPushButton::clicked, this, [this, demand] { allow(demand); }, Qt::QueuedConnection);
        row->addWidget(words, 1);
        row->addWidget(button, 0, Qt::AlignTop);
        m_rows->addLayout(row);
    }
}

void SourcesBar::allow(const Demand &demand)
{
    const Result<void> done = demand.kind == Demand::Kind::Read ? allowRoot(demand.folder) : allowRendering(demand.folder);
    if (done)
        m_session.reload();
    else
        emit failed(done.error());
}

} // namespace tenken
