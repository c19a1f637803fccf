// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/text.h>

#include <QMainWindow>

#include <memory>

namespace tenken {

class MeetingWindow;
class Session;

/// The window: menus, tabs, status bar; wires a session to the pages and does nothing itself.
class MainWindow : public QMainWindow
{
    Q_OBJECT
public:
    explicit MainWindow(Lang lang, QWidget *parent = nullptr);
    ~MainWindow() override;

    Session &session();
    void open(const QString &folder);        ///< a service, a folder for which the wizard is offered, or a PDF
    void openDocument(const QString &path);  ///< a signed PDF, to be verified
    void showPage(const QString &page);      ///< "overview", "item", "loadtest", "monitoring", "self", "history", "verify"
    void showItem(const QString &itemId);
    MeetingWindow &startMeeting(bool fullScreen = true);
    void setLanguage(Lang lang);
    void setDark(bool dark);

protected:
    void closeEvent(QCloseEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace tenken
