// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/startpage.h>

#include <pages/label.h>
#include <pages/rowbutton.h>
#include <parts/panel.h>
#include <parts/style.h>

#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace tenken {

StartPage::StartPage(const QStringList &recent, Lang lang, QWidget *parent) : QWidget(parent)
{
    auto *outer = new QHBoxLayout(this);
    outer->addStretch(1);
    auto *column = new QVBoxLayout;
    column->setSpacing(16);
    column->addStretch(1);
    column->addWidget(new Label(Text{"本番に出せますか。", "Fit for production?"}.in(lang), Type::Decision));
    auto *lead = new Label(Text{"サービスのフォルダーを開くと、マニフェスト、負荷試験、監視、文書を読んで、チェックリストを判定します。",
                                "Open a service's folder: manifests, load tests, monitors and guides are read and the checklist is judged."}
                               .in(lang), Type::Title);
    lead->setWrapped();
    lead->setMinimumWidth(560);
    column->addWidget(lead);
    auto *open = new QPushButton(Text{"フォルダーを開く…  Ctrl+O", "Open a folder…  Ctrl+O"}.in(lang));
    setPrimary(open);
    connect(open, &QPushButton::clicked, this, &StartPage::openRequested);
    column->addWidget(open, 0, Qt::AlignLeft);
    column->addWidget(new Label(Text{"フォルダーをこの窓に落としても開けます。", "You can also drop a folder on this window."}.in(lang),
                                Type::Caption, Label::Ink::Text2));
    if (!recent.isEmpty()) {
        auto *panel = new Panel;
        panel->setTitle(Text{"最近のサービス", "Recent services"}.in(lang));
        panel->body()->setSpacing(0);
        for (const QString &folder : recent) {
            RowButton::Content content;
            content.glyph = Glyph::Open;
            content.title = QDir(folder).dirName();
            content.below = QDir::toNativeSeparators(folder);
            auto *button = new RowButton(content);
            button->setEnabled(QFileInfo(folder).isDir());
            connect(button, &QAbstractButton::clicked, this, [this, folder] { emit folderRequested(folder); });
            panel->body()->addWidget(button);
        }
        column->addWidget(panel);
    }
    column->addStretch(2);
    outer->addLayout(column);
    outer->addStretch(1);
}

} // namespace tenken
