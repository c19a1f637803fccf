// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"

#include <parts/style.h>
#include <parts/type.h>
#include <window/mainwindow.h>

#include <QApplication>
#include <QFileInfo>
#include <QStyleHints>

namespace tenken::app {

int runWindow(const QCommandLineParser &parser)
{
    const Lang lang = languageOf(parser);
    const QStringList arguments = parser.positionalArguments();
    if (arguments.size() > 1)
        return wrongUse(Text{"「%1」という命令はありません。tenken --help で一覧を出します。",
                             "There is no command \"%1\". tenken --help lists them."}.arg(arguments.first()), lang);
    const QFileInfo named(arguments.value(0));
    const bool document = named.isFile() && named.suffix().compare(u"pdf", Qt::CaseInsensitive) == 0;
    if (!arguments.isEmpty() && !named.isDir() && !document)
        return wrongUse(Text{"「%1」はフォルダーでも PDF でも命令でもありません。tenken --help を見てください。",
                             "\"%1\" is neither a folder nor a PDF nor a command. See tenken --help."}.arg(arguments.first()), lang);
    useTenkenLook(QGuiApplication::styleHints()->colorScheme() == Qt::ColorScheme::Dark);
    MainWindow window(lang);
    window.show();
    if (!arguments.isEmpty())
        window.open(arguments.first());
    return QApplication::exec();
}

} // namespace tenken::app
