// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/files.h>

#include <evidence/glob.h>

#include <QDir>
#include <QFileInfo>
#include <QSet>

#include <algorithm>

namespace tenken {

namespace {

/// Walks folders for Root::find and collects what fits.
class Search
{
public:
    Search(const Root &root, const QStringList &suffixes, int limit)
        : m_root(root)
        , m_suffixes(suffixes)
        , m_limit(limit)
    {
    }

    void glob(const QString &folder, const QStringList &parts)
    {
        if (full())
            return;
        const QString part = parts.first();
        const QStringList rest = parts.sliced(1);
        if (part == u"**") {
            globBelow(folder, rest);
        } else if (!hasGlob(part)) {
            descend(folder, part, rest);
        } else {
            for (const QFileInfo &entry : entriesOf(folder)) {
                if (matchesGlob(entry.fileName(), part))
                    descend(folder, entry.fileName(), rest, rest.isEmpty() && part == u"*");
            }
        }
    }

    void tree(const QString &folder)
    {
        for (const QFileInfo &entry : entriesOf(folder)) {
            if (full())
                return;
            const QString path = joined(folder, entry.fileName());
            if (entry.isDir()) {
                if (isSearched(entry.fileName()) && enter(path, entry)) {
                    tree(path);
                    m_open.removeLast();
                }
            } else if (!entry.fileName().startsWith(u'.') && hasSuffix(path)) {
                take(path, entry);
            }
        }
    }

    Partial<QStringList> result(const QString &pattern)
    {
        if (m_found.size() > m_limit) {
            m_found.resize(m_limit);
            m_problems.push_back({pattern, {},
                                  Text{"%1 個を超えるファイルに当たります。残りは読んでいません",
                                       "matches more than %1 files; the rest is not read"}.arg(m_limit),
                                  {"範囲を狭めてください", "name a smaller part"}});
        }
        return {sortedOnce(), std::move(m_problems)};
    }

private:
    static QString joined(const QString &folder, const QString &name)
    {
        return folder.isEmpty() ? name : folder + u'/' + name;
    }

    static bool isSearched(const QString &folder)
    {
        return !folder.startsWith(u'.') && folder != u"node_modules" && folder != u"vendor";
    }

    bool full() const { return m_found.size() > m_limit || m_entries > 20 * qint64(m_limit) + 10'000; }

    bool hasSuffix(const QString &path) const
    {
        return m_suffixes.isEmpty() || std::ranges::any_of(m_suffixes, [&](const QString &suffix) {
            return path.endsWith(suffix, Qt::CaseInsensitive);
        });
    }

    QFileInfoList entriesOf(const QString &folder)
    {
        const Result<QString> path = m_root.resolve(folder);
        if (!path)
            return {};
        const QDir dir(*path);
        if (!dir.isReadable())
            m_problems.push_back({folder, {}, {"フォルダーを読む権限がありません", "the folder may not be read"}, {}});
        QFileInfoList entries = dir.entryInfoList(
            QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot, QDir::Name);
        m_entries += entries.size();
        return entries;
    }

    /// A linked folder is searched too, unless it leads out of the root or back to one that is open now.
    bool enter(const QString &path, const QFileInfo &entry)
    {
        const QString canonical = entry.canonicalFilePath();
        if (entry.isSymLink()) {
            if (const Result<QString> inside = m_root.resolve(path); !inside) {
                m_problems.push_back(inside.error());
                return false;
            }
        }
        if (m_open.contains(canonical))
            return false;
        m_open.append(canonical);
        return true;
    }

    void globBelow(const QString &folder, const QStringList &rest)
    {
        if (rest.isEmpty())
            return tree(folder);
        glob(folder, rest);
        for (const QFileInfo &entry : entriesOf(folder)) {
            if (full())
                return;
            const QString path = joined(folder, entry.fileName());
            if (entry.isDir() && isSearched(entry.fileName()) && enter(path, entry)) {
                globBelow(path, rest);
                m_open.removeLast();
            }
        }
    }

    void descend(const QString &folder, const QString &name, const QStringList &rest, bool onlySuffixes = false)
    {
        const QString path = joined(folder, name);
        const QFileInfo entry(m_root.folder() + u'/' + path);
        if (!rest.isEmpty()) {
            if (entry.isDir())
                glob(path, rest);
        } else if (entry.isDir()) {
            if (enter(path, entry)) {
                tree(path);
                m_open.removeLast();
            }
        } else if (entry.exists() && (!onlySuffixes || hasSuffix(path))) {
            take(path, entry);
        }
    }

    void take(const QString &path, const QFileInfo &entry)
    {
        if (entry.isSymLink()) {
            if (const Result<QString> inside = m_root.resolve(path); !inside) {
                m_problems.push_back(inside.error());
                return;
            }
        }
        m_found.append(path);
    }

    /// Sorted; a file that is reached under two names through links is one file.
    QStringList sortedOnce() const
    {
        QStringList files = m_found;
        std::ranges::sort(files);
        files.removeDuplicates();
        QSet<QString> plain;
        QStringList links, once;
        for (const QString &file : files) {
            const QString canonical = QFileInfo(m_root.folder() + u'/' + file).canonicalFilePath();
            if (canonical == joined(m_root.folder(), file)) {
                plain.insert(canonical);
                once.append(file);
            } else {
                links.append(file);
            }
        }
        for (const QString &file : links) {
            const QString canonical = QFileInfo(m_root.folder() + u'/' + file).canonicalFilePath();
            if (!plain.contains(canonical)) {
                plain.insert(canonical);
                once.append(file);
            }
        }
        std::ranges::sort(once);
        return once;
    }

    const Root &m_root;
    QStringList m_suffixes;
    int m_limit;
    qint64 m_entries = 0;
    QStringList m_found;
    QStringList m_open; ///< canonical folders from the root to here
    std::vector<Problem> m_problems;
};

} // namespace

Partial<QStringList> Root::find(const QString &pattern, const QStringList &suffixes, int limit) const
{
    const QString clean = QDir::cleanPath(pattern.isEmpty() ? QStringLiteral(".") : pattern);
    Search search(*this, suffixes, limit);
    if (!hasGlob(clean) || QFileInfo::exists(m_folder + u'/' + clean)) { // a file may be called "a[1].yaml"
        const Result<QString> path = resolve(clean);
        if (!path) {
            Problem unresolved = path.error();
            unresolved.file = pattern;
            return {{}, {unresolved}};
        }
        if (!QFileInfo(*path).isDir())
            return {{clean}, {}};
        search.tree(clean == u"." ? QString() : clean);
    } else {
        const QStringList parts = clean.split(u'/');
        if (QDir::isAbsolutePath(clean) || parts.contains(u".."))
            return {{}, {{pattern, {}, Text{"%1の外を指しています", "leads outside %1"}.arg(m_called),
                          Text{"%1からの相対パスで書いてください", "write the path relative to %1"}.arg(m_called)}}};
        search.glob({}, parts);
    }
    Partial<QStringList> found = search.result(pattern);
    if (found.value.isEmpty() && found.problems.empty())
        found.problems.push_back({pattern, {}, {"当たるファイルがありません", "matches no file"},
                                  Text{"%1からの相対パスを確かめてください", "check the path; it is relative to %1"}.arg(m_called)});
    return found;
}

} // namespace tenken
