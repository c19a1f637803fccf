// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/kustomization.h>

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace tenken {

namespace {

constexpr qint64 largestInput = 16 * 1024 * 1024, mostInputBytes = 64 * 1024 * 1024;
constexpr size_t mostInputs = 5'000, mostLevels = 200;
constexpr int deepest = 30;

class Reader
{
public:
    explicit Reader(const Roots &roots) : m_roots(roots) { }

    Kustomization found;

    void level(const QString &folder, int parent, bool component, int depth)
    {
        if (depth > deepest || found.levels.size() >= mostLevels)
            return complain(folder, {}, {"kustomization の入れ子が深すぎるか、多すぎます", "kustomizations are nested too deeply, or too many"});
        if (m_open.contains(folder))
            return complain(folder, {}, {"kustomization が自分自身を含んでいます", "a kustomization includes itself"});
        const QString file = kustomizationIn(folder);
        if (file.isEmpty())
            return;
        const auto yaml = parsed(file);
        if (!yaml)
            return;
        const Yaml node = yaml->documents().empty() ? Yaml() : yaml->documents().front();
        const int self = int(found.levels.size());
        found.levels.push_back({file, node, parent, component});
        m_open.append(folder);
        refuseFeatures(file, node);
        for (const char *key : {"resources", "bases"})
            folders(folder, file, node[key], self, false, depth);
        folders(folder, file, node["components"], self, true, depth);
        patches(folder, file, node, self);
        for (const char *key : {"crds", "configurations"}) {
            for (const Yaml entry : node[key].items())
                (void)input(folder, file, entry, entry.string());
        }
        single(folder, file, node["openapi"]["path"]);
        for (const Yaml entry : node["replacements"].items())
            single(folder, file, entry["path"]);
        generators(folder, file, node);
        m_open.removeLast();
    }

private:
    void complain(const QString &file, const Span &span, const Text &message, const Text &hint = {})
    {
        found.problems.push_back({file, span, message,
                                  hint.isEmpty() ? Text{"組み立てた結果を `rendered:` で指せます", "a rendered file can be named with `rendered:`"} : hint});
    }

    QString joined(const QString &folder, const QString &entry) const
    {
        const QString root = rootNameOf(folder);
        QString relative;
        if (root.isEmpty() || m_roots.rootOf(folder, &relative) == &m_roots.own())
            return QDir::cleanPath(folder + u'/' + entry);
        return root + u':' + QDir::cleanPath(relative + u'/' + entry);
    }

    QString kustomizationIn(const QString &folder)
    {
        QStringList present;
        for (const QString &name : kustomizationNames()) {
            if (m_roots.resolve(joined(folder, name)))
                present.append(joined(folder, name));
        }
        if (present.size() == 1)
            return present.first();
        complain(folder, {}, present.isEmpty()
                     ? Text{"kustomization.yaml がありません", "holds no kustomization.yaml"}
                     : Text{"kustomization のファイルが2つ以上あります", "holds more than one kustomization file"},
                 {"kustomization.yaml のあるフォルダーを指してください", "name a folder with a kustomization.yaml"});
        return {};
    }

    /// Reads a file once, with what it weighs.
    const RenderInput *read(const QString &path, const QString &from, const Span &span)
    {
        const auto known = std::ranges::find(found.inputs, path, [](const RenderInput &i) { return i.source.path; });
        if (known != found.inputs.end())
            return &*known;
        if (found.inputs.size() >= mostInputs || m_bytes > mostInputBytes) {
            complain(from, span, {"読み込むファイルが多すぎます", "refers to too many or too large files"});
            return nullptr;
        }
        RenderInput input;
        Result<QByteArray> bytes = m_roots.read(path, largestInput, &input.source);
        if (!bytes) {
            complain(from, span, Text{"`%1`: %2", "`%1`: %2"}.arg(path, bytes.error().message), bytes.error().hint);
            return nullptr;
        }
        input.bytes = *std::move(bytes);
        m_bytes += input.bytes.size();
        found.inputs.push_back(std::move(input));
        return &found.inputs.back();
    }

    std::shared_ptr<const YamlFile> parsed(const QString &path, const QString &from = {}, const Span &span = {})
    {
        const RenderInput *input = read(path, from.isEmpty() ? path : from, span);
        if (!input)
            return nullptr;
        auto file = YamlFile::parse(input->bytes, input->source.path);
        found.files.push_back(file);
        for (const Problem &problem : file->errors())
            found.problems.push_back(problem);
        return file->errors().empty() ? file : nullptr;
    }

    /// A path that stays local, or nothing.
    QString local(const QString &folder, const QString &from, Yaml node, const QString &entry)
    {
        if (entry.isEmpty())
            return {};
        if (looksRemote(entry)) {
            complain(from, node.span(), Text{"`%1` は離れた場所を指すため、組み立てません", "`%1` is remote: it is not rendered"}.arg(entry),
                     {"リポジトリーの中に置くか、組み立てた結果を `rendered:` で指してください",
                      "keep a copy in the repository, or name a rendered file with `rendered:`"});
            return {};
        }
        const QString path = joined(folder, entry);
        if (QDir::isAbsolutePath(entry)) {
            complain(from, node.span(), Text{"`%1` は絶対パスです", "`%1` is an absolute path"}.arg(entry));
            return {};
        }
        const Result<QString> inside = m_roots.resolve(path);
        if (inside)
            return path;
        complain(from, node.span(), Text{"`%1`: %2", "`%1`: %2"}.arg(entry, inside.error().message));
        return {};
    }

    std::shared_ptr<const YamlFile> input(const QString &folder, const QString &from, Yaml node, const QString &entry)
    {
        const QString path = local(folder, from, node, entry);
        return path.isEmpty() ? nullptr : parsed(path, from, node.span());
    }

    void single(const QString &folder, const QString &from, Yaml node)
    {
        if (node.isScalar())
            (void)input(folder, from, node, node.string());
    }

    void folders(const QString &folder, const QString &file, Yaml list, int self, bool components, int depth)
    {
        for (const Yaml entry : list.items()) {
            const QString path = local(folder, file, entry, entry.string());
            if (path.isEmpty())
                continue;
            const Result<QString> absolute = m_roots.resolve(path);
            if (absolute && QFileInfo(*absolute).isDir()) {
                level(path, self, components, depth + 1);
            } else if (const auto yaml = parsed(path, file, entry.span())) {
                for (const Yaml document : yaml->documents())
                    object(document, yaml->name(), self);
            }
        }
    }

    void object(Yaml node, const QString &file, int self)
    {
        if (node["kind"].string().endsWith(u"List") && node["items"].isSequence()) {
            for (const Yaml item : node["items"].items())
                object(item, file, self);
            return;
        }
        found.parts.push_back({KustomizePart::Kind::Object, file, node, self, {}, 0, 0, {}});
    }

    void addPatch(Yaml node, const QString &file, int self, Yaml target, KustomizePart place = {})
    {
        place.kind = node.isSequence() ? KustomizePart::Kind::JsonPatch : KustomizePart::Kind::MergePatch;
        place.file = file;
        place.node = node;
        place.level = self;
        place.target = target;
        found.parts.push_back(place);
    }

    void patchFile(const QString &folder, const QString &from, Yaml path, int self, Yaml target)
    {
        if (const auto yaml = input(folder, from, path, path.string())) {
            for (const Yaml document : yaml->documents())
                addPatch(document, yaml->name(), self, target);
        }
    }

    /// A patch written as text inside the kustomization: its lines are lines of that file.
    void patchText(const QString &file, Yaml text, int self, Yaml target)
    {
        const auto inner = YamlFile::parse(QByteArray(text.text().data(), qsizetype(text.text().size())), file);
        found.files.push_back(inner);
        KustomizePart place;
        const auto outer = std::ranges::find(found.inputs, file, [](const RenderInput &i) { return i.source.path; });
        const QByteArrayList lines = outer->bytes.split('\n');
        const int start = text.span().line; // of "|-"; its text begins on the next
        const QByteArray first = lines.value(start), innerFirst = inner->text().split('\n').value(0);
        if (text.span().endLine > start && !innerFirst.isEmpty() && first.endsWith(innerFirst)) {
            place.lineOffset = start;
            place.columnOffset = int(first.size() - innerFirst.size());
        } else {
            place.whole = text.span();
        }
        for (const Yaml document : inner->documents())
            addPatch(document, file, self, target, place);
    }

    void patches(const QString &folder, const QString &file, Yaml node, int self)
    {
        for (const Yaml entry : node["patchesStrategicMerge"].items()) {
            if (entry.string().contains(u'\n'))
                patchText(file, entry, self, {});
            else
                patchFile(folder, file, entry, self, {});
        }
        for (const char *key : {"patches", "patchesJson6902"}) {
            for (const Yaml entry : node[key].items()) {
                if (entry["path"].isScalar())
                    patchFile(folder, file, entry["path"], self, entry["target"]);
                if (entry["patch"].isScalar())
                    patchText(file, entry["patch"], self, entry["target"]);
            }
        }
    }

    void raw(const QString &folder, const QString &file, Yaml node, const QString &entry)
    {
        if (const QString path = local(folder, file, node, entry); !path.isEmpty())
            (void)read(path, file, node.span());
    }

    void generators(const QString &folder, const QString &file, Yaml node)
    {
        for (const char *key : {"configMapGenerator", "secretGenerator"}) {
            for (const Yaml generator : node[key].items()) {
                for (const Yaml entry : generator["files"].items()) // "name=path", or a path
                    raw(folder, file, entry, entry.string().section(u'=', -1));
                for (const Yaml entry : generator["envs"].items())
                    raw(folder, file, entry, entry.string());
                if (generator["env"].isScalar())
                    raw(folder, file, generator["env"], generator["env"].string());
            }
        }
    }

    /// What would run programs, or read what is not named here.
    void refuseFeatures(const QString &file, Yaml node)
    {
        for (const char *key : {"generators", "transformers", "validators", "helmCharts", "helmChartInflationGenerator"}) {
            if (node[key].size() > 0)
                complain(file, node[key].keySpan(), Text{"`%1` を使うため、組み立てません", "uses `%1`: it is not rendered"}.arg(key));
        }
    }

    const Roots &m_roots;
    qint64 m_bytes = 0;
    QStringList m_open;
};

} // namespace

Kustomization readKustomization(const QString &folder, const Roots &roots)
{
    Reader reader(roots);
    reader.found.inputs.reserve(mostInputs + 1); // pointers into it are handed around
    reader.level(folder, -1, false, 0);
    return std::move(reader.found);
}

} // namespace tenken
