// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <window/conflictdialog.h>
#include <window/mainwindow_p.h>

#include <QMessageBox>
#include <QPushButton>

#include <utility>

namespace tenken {

bool MainWindow::Private::mayClose()
{
    if (!session.isModified())
        return true;
    QMessageBox box(QMessageBox::Question, QStringLiteral("Tenken"),
                    in(Text{"未保存の変更が %1 件あります。", "There are %1 unsaved changes."}.arg(session.unsavedEdits())),
                    QMessageBox::NoButton, q);
    QPushButton *saveButton = box.addButton(in({"保存する", "Save"}), QMessageBox::AcceptRole);
    QPushButton *dropButton = box.addButton(in({"捨てる", "Discard"}), QMessageBox::DestructiveRole);
    box.addButton(in({"戻る", "Go back"}), QMessageBox::RejectRole);
    box.setDefaultButton(saveButton);
    box.exec();
    if (box.clickedButton() == saveButton)
        return save();
    return box.clickedButton() == dropButton;
}

bool MainWindow::Private::save()
{
    // Saving would write this side's values over the other's: a person chooses first.
    if (!session.conflicts().empty()) {
        resolveConflicts();
        if (!session.conflicts().empty())
            return false;
    }
    const auto saved = session.save();
    if (!saved)
        tell({"保存できませんでした", "It could not be saved"}, saved.error().toString(lang));
    return saved.has_value();
}

void MainWindow::Private::resolveConflicts()
{
    if (std::exchange(choosing, true)) // one at a time: what comes in meanwhile is asked about after it
        return;
    ConflictDialog dialog(session.conflicts(), session.checklist(), session.areConflictsInFile(), lang, q);
    const bool chosen = dialog.exec() == QDialog::Accepted;
    choosing = false;
    if (!chosen)
        return;
    if (const auto resolved = session.resolveConflicts(dialog.sides()); !resolved)
        tell({"競合を解けませんでした", "The conflicts could not be resolved"}, resolved.error().toString(lang));
}

} // namespace tenken
