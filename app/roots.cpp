// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"

#include <evidence/permissions.h>

#include <QDir>

namespace tenken::app {

namespace {

void addOptions(QCommandLineParser &parser)
{
    parser.addOption({QStringLiteral("render"), QStringLiteral("allow: also let kustomize and helm run in that folder.")});
}

int list(Lang lang)
{
    const Permissions permissions = storedPermissions();
    for (const QString &root : permissions.roots)
        out() << QDir::toNativeSeparators(root)
              << (permissions.allowsRendering(root) ? Text{"\tkustomize と helm も", "\tkustomize and helm too"}.in(lang) : QString()) << '\n';
    for (const QString &folder : permissions.renderers) {
        if (!permissions.allowsRoot(folder))
            out() << QDir::toNativeSeparators(folder) << Text{"\tkustomize と helm だけ", "\tkustomize and helm only"}.in(lang) << '\n';
    }
    if (permissions.roots.isEmpty() && permissions.renderers.isEmpty())
        out() << Text{"許可したフォルダーはありません。", "No folder is allowed."}.in(lang) << '\n';
    out() << Qt::flush;
    return Ok;
}

int allow(const QString &folder, bool rendering, Lang lang)
{
    Result<void> done = allowRoot(folder);
    if (done && rendering)
        done = allowRendering(folder);
    if (done)
        return list(lang);
    complain(done.error(), lang);
    return WrongUse;
}

int run(const QCommandLineParser &parser)
{
    const Lang lang = languageOf(parser);
    const QStringList words = parser.positionalArguments();
    const QString verb = words.value(0, QStringLiteral("list"));
    if (verb == u"list" && words.size() <= 1)
        return list(lang);
    if (verb == u"allow" && words.size() == 2)
        return allow(words[1], parser.isSet(QStringLiteral("render")), lang);
    if (verb == u"forget" && words.size() == 2) {
        if (forgetRoot(words[1]))
            return list(lang);
        complain({words[1], {}, {"許可していないフォルダーです", "is not an allowed folder"}, {"`tenken roots list` で見られます", "see `tenken roots list`"}}, lang);
        return WrongUse;
    }
    return wrongUse({"`tenken roots list`、`tenken roots allow DIR`、`tenken roots forget DIR` のどれかです。",
                     "use `tenken roots list`, `tenken roots allow DIR` or `tenken roots forget DIR`."}, lang);
}

} // namespace

const Command &rootsCommand()
{
    static const Command command{
        "roots", "roots [list | allow DIR [--render] | forget DIR] [--lang ja|en]",
        {"サービスのフォルダーの外で、証拠を読んでよいフォルダーを、このマシンに記録します。",
         "Keep, on this machine, which folders outside a service's own may be read as evidence."},
        "  tenken roots allow ../platform-manifests\n",
        false, addOptions, run};
    return command;
}

} // namespace tenken::app
