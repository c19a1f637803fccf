// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <window/mainwindow_p.h>

#include <evidence/files.h>
#include <review/actionlist.h>
#include <window/movedialog.h>
#include <window/statusline.h>

#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QFileDialog>

#include <array>

namespace tenken {

using Menu = Actions::Menu;
using Where = Actions::Where;

void MainWindow::Private::buildReviewActions()
{
    actions->add(Menu::Review, {"署名…", "Sign…"}, {QKeySequence(QStringLiteral("Ctrl+Shift+G"))},
                 Where::Service, [this] { startSigning(); });
    actions->addSeparator(Menu::Review);
    actions->add(Menu::Review, {"アクションを書き出す…", "Export actions…"},
                 {QKeySequence(QStringLiteral("Ctrl+Shift+E"))}, Where::Service, [this] { exportActions(); });
    actions->add(
        Menu::Review, {"アクションをコピー (Markdown)", "Copy actions (Markdown)"},
        {QKeySequence(QStringLiteral("Ctrl+Shift+M"))}, Where::Service, [this] {
            const auto listed = listedActions(session.review(), session.checklist(), QDate::currentDate());
            QApplication::clipboard()->setText(QString::fromUtf8(
                actionsAs(ActionFormat::Markdown, listed, session.evidence().service.id, lang)));
            status->showMessage(
                in(Text{"アクション %1 件をコピーしました。", "Copied %1 actions."}.arg(listed.size())),
                8'000);
        });
    actions->add(Menu::Review, {"チェックリストの版を移す…", "Move to another checklist version…"}, {},
                 Where::Service, [this] {
                     if (MoveDialog(session.review(), session.checklist(), lang, q).exec()
                         == QDialog::Accepted)
                         session.moveToChecklist();
                 });
    QAction *conflicts =
        actions->add(Menu::Review, {"競合を選ぶ…", "Choose in conflicts…"}, {}, Where::Service, [this] {
            if (session.areConflictsInFile() || !session.conflicts().empty())
                resolveConflicts();
            else
                status->showMessage(in({"競合はありません。", "There are no conflicts."}), 8'000);
        });
    conflicts->setObjectName(QStringLiteral("conflicts"));
}

/// The kind follows from the filter that was chosen: all of CSV end in .csv.
void MainWindow::Private::exportActions()
{
    const std::array filters{in({"Markdown (*.md)", "Markdown (*.md)"}),
                             in({"表計算の CSV (*.csv)", "CSV for spreadsheets (*.csv)"}),
                             in({"Jira 取り込み用の CSV (*.csv)", "CSV for Jira's import (*.csv)"}),
                             in({"GitHub 取り込み用の CSV (*.csv)", "CSV for GitHub importers (*.csv)"})};
    QString chosen = filters[0];
    const QString suggestion =
        QDir(session.folder()).filePath(QStringLiteral("%1-actions.md").arg(session.evidence().service.id));
    const QString target = QFileDialog::getSaveFileName(
        q, in({"アクションを書き出す", "Export actions"}), suggestion,
        QStringList(filters.begin(), filters.end()).join(QStringLiteral(";;")), &chosen);
    if (target.isEmpty())
        return;
    const auto format =
        ActionFormat(std::max<qsizetype>(0, std::ranges::find(filters, chosen) - filters.begin())
                     % qsizetype(filters.size()));
    const auto listed = listedActions(session.review(), session.checklist(), QDate::currentDate());
    if (const auto written =
            writeAtomically(target, actionsAs(format, listed, session.evidence().service.id, lang));
        !written)
        tell({"書き出せませんでした", "It could not be written"}, written.error().toString(lang));
    else
        status->showMessage(in(Text{"%1 に書き出しました。", "Written to %1."}.arg(target)), 10'000);
}

} // namespace tenken
