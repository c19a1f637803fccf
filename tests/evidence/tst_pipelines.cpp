// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/evidence.h>
#include <evidence/pipelines/commandwords.h>
#include <evidence/pipelines/makefile.h>
#include <evidence/pipelines/repository.h>
#include <evidence/pipelines/sources.h>

#include <QTemporaryDir>
#include <QTest>

using namespace tenken;
using namespace Qt::StringLiterals;

class TestPipelines : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void expressions_data();
    void expressions();
    void words_data();
    void words();
    void places();
    void inner_data();
    void inner();
    void makefile();
    void github();
    void matrix();
    void badInput_data();
    void badInput();
    void functionsThatGrow();
    void gathered();
};

namespace
{

QString triName(Tri t) { return t == Tri::Yes ? u"yes"_s : t == Tri::No ? u"no"_s : u"maybe"_s; }

Repository read(const QString &path, const QByteArray &text)
{
    return readPipelines({YamlFile::parse(text, path)}, [](const QString &) { return nullptr; });
}

} // namespace

void TestPipelines::expressions_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("gitlab");
    QTest::addColumn<QString>("result");
    const auto row = [](const char *text, const char *result, bool gitlab = false) { QTest::newRow(text) << QString::fromUtf8(text) << gitlab << QString::fromLatin1(result); };
    row("", "yes");
    row("true", "yes");
    row("!true", "no");
    row("github.event_name == 'push'", "yes");
    row("github.event_name == 'PUSH'", "yes"); // texts are compared without regard to case
    row("github.event_name != 'pull_request'", "yes");
    row("github.ref == 'refs/tags/v1'", "maybe"); // only the beginning is known
    row("github.ref == 'refs/heads/main'", "no");
    row("startsWith(github.ref, 'refs/tags/')", "yes");
    row("startsWith(github.ref, 'refs/heads/')", "no");
    row("contains(github.ref, 'tags')", "yes");
    row("github['event_name'] == 'push'", "yes");
    row("vars.X == 'y'", "maybe");
    row("vars.X == 'y' && false", "no");
    row("vars.X == 'y' || true", "yes");
    row("(github.event_name == 'push' && !failure()) || cancelled()", "yes");
    row("success()", "yes");
    row("failure() && vars.X", "no");
    row("'it''s' == 'it''s'", "yes");
    row("github.event_name == 'push' && 'a' || 'b'", "yes");
    row("fromJSON('true')", "yes");
    row("github.event_name == ", "maybe");
    row("a b", "maybe");
    row("((((((((((true))))))))))", "yes");
    row("$CI_COMMIT_BRANCH == \"main\"", "yes", true);
    row("$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH", "yes", true);
    row("$CI_COMMIT_TAG", "no", true);
    row("$CI_COMMIT_TAG == null", "yes", true);
    row("$CI_COMMIT_BRANCH =~ /^ma/", "yes", true);
    row("$CI_COMMIT_BRANCH !~ /^release\\/.*$/", "yes", true);
    row("$CI_COMMIT_BRANCH =~ /MAIN/i", "yes", true);
    row("$CI_COMMIT_BRANCH =~ $PATTERN", "maybe", true);
    row("$UNKNOWN && $CI_COMMIT_TAG", "no", true);
    row("$CI_COMMIT_BRANCH =~ /(/", "maybe", true);
}

void TestPipelines::expressions()
{
    QFETCH(QString, text);
    QFETCH(bool, gitlab);
    ExprContext context;
    const QMap<QString, ExprValue> values{{u"github.event_name"_s, ExprValue::of(u"push"_s)},
                                          {u"github.ref"_s, ExprValue::prefix(u"refs/tags/"_s)},
                                          {u"$CI_COMMIT_BRANCH"_s, ExprValue::of(u"main"_s)},
                                          {u"$CI_DEFAULT_BRANCH"_s, ExprValue::of(u"main"_s)},
                                          {u"$CI_COMMIT_TAG"_s, ExprValue::null()}};
    context.name = [&](const QString &name) { return values.value(name); };
    context.status = [](const QString &name) { return tri(name == u"success" || name == u"always"); };
    const Expr e = gitlab ? parseGitlabExpression(text) : parseGithubExpression(text);
    QTEST(triName(holds(e, context)), "result");
    QCOMPARE(holds(parseGithubExpression(u"("_s.repeated(5000)), context), Tri::Maybe);
}

void TestPipelines::words_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("commands"); // words joined by '|', commands by newline
    const auto row = [](const char *name, const char *text, const char *commands) { QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(commands); };
    row("quotes", "echo 'a b' \"c d\" e\\ f", "echo|a b|c d|e f");
    row("quotes inside a word", "docker push r/\"a b\"'c'", "docker|push|r/a bc");
    row("continued", "docker build \\\n  -t a \\\n  .", "docker|build|-t|a|.");
    row("continued with CRLF", "echo a\r\necho b\r\n", "echo|a\necho|b");
    row("comment", "echo a # docker push\n# b\necho b#c", "echo|a\necho|b#c");
    row("lists", "a && b || c; d & e | f", "a\nb\nc\nd\ne\nf");
    row("redirections", "a > x 2>&1 <y >>z; b &>w", "a\nb");
    row("heredoc", "cat <<EOF\ndocker push a\nEOF\nb", "cat\nb");
    row("heredoc with tabs", "cat <<-'E F' | c\n\tdocker push a\n\tE F\nb", "cat\nc\nb");
    row("here-string", "cat <<< docker; b", "cat\nb");
    row("variables", "A=x\necho $A ${A}-${B} \"$A y\" '$A'", "echo|x|x-${B}|x y|$A");
    row("a variable that holds words", "C=\"npm run lint\"\n$C --fix", "npm|run|lint|--fix");
    row("a quoted one stays whole", "C=\"a b\"\necho \"$C\"", "echo|a b");
    row("set in a branch: not known", "if x; then A=1; fi\necho $A", "x\necho|$A");
    row("exported", "export A=1 B=2\necho $A$B", "export|A=1|B=2\necho|12");
    row("default", "echo ${A:-b}", "echo|${A:-b}");
    row("substitution runs first", "docker push $(echo \"a b\")", "echo|a b\ndocker|push|$(echo \"a b\")");
    row("GitHub expression", "docker push a:${{ github.sha || 'x y' }}", "docker|push|a:${{ github.sha || 'x y' }}");
    row("assignment before", "CGO_ENABLED=0 GOOS=linux go build", "go|build");
    row("if", "if [ -n \"$A\" ]; then b; elif c; then d; else e; fi", "[|-n|$A|]\nb\nc\nd\ne");
    row("[[ with &&", "[[ $A == b && -z $C ]] && d", "[[|$A|==|b|&&|-z|$C|]]\nd");
    row("case", "case $A in\n  a|b) c;;\n  *)\n    d\n    ;;\nesac\ne", "c\nd\ne");
    row("while", "while read l; do a; done < x", "read|l\na");
    row("for", "for i in a b; do echo $i; done", "echo|a\necho|b");
    row("for over a glob", "for i in *.sh; do echo $i; done", "echo|$i");
    row("groups", "{ a; b; }; (c; d)", "a\nb\nc\nd");
    row("function", "f() { a; }\nfunction g { b; }\nf", "a\nb\nf");
    row("negated", "! a", "a");
    row("stray ends", "fi; ); done\na", "fi\ndone\na");
    row("an open quotation", "a 'b\nc", "a|b\nc");
    row("empty", "\n\n  # nothing\n", "");
}

void TestPipelines::words()
{
    QFETCH(QString, text);
    QFETCH(QString, commands);
    ShellReader reader;
    ShellNode root = reader.read({text, u"x.sh"_s, {1, 1, 1, 2}, 1, 0, {}}, {});
    const ShellScript script = reader.take(std::move(root));
    QStringList lines;
    for (const ShellCommand &c : script.commands)
        lines.append(c.words.join(u'|'));
    QCOMPARE(lines.join(u'\n'), commands);
}

void TestPipelines::places()
{
    const auto file = YamlFile::parse("jobs:\n  a:\n    - run: |\n\n        first\n        if x; then\n          second \\\n            more\n        fi\n    - run: third\n    - run: >\n        fourth\n", u"x.yml"_s);
    const auto commands = [&](qsizetype index) {
        const Yaml run = file->documents().front()["jobs"]["a"].at(index)["run"];
        return readScript({shellSource(run.string(), run, *file)}, {}, {}, {})->commands;
    };
    const auto lines = commands(0);
    QCOMPARE(lines.size(), size_t(3));
    QCOMPARE(lines[0].span, (Span{5, 9, 5, 14}));
    QCOMPARE(lines[2].span, (Span{7, 11, 8, 17}));
    QCOMPARE(lines[2].text, u"second \\ more"_s);
    QCOMPARE(commands(1)[0].span, (Span{10, 12, 10, 17}));
    QCOMPARE(commands(2)[0].span.line, 11); // folded: the whole text
}

void TestPipelines::inner_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<QString>("inner");
    const auto row = [](const char *command, const char *inner) { QTest::newRow(command) << QString::fromLatin1(command) << QString::fromLatin1(inner); };
    row("sudo -E docker push a", "docker push a");
    row("npx --yes eslint .", "eslint .");
    row("poetry run python -m pytest -q", "pytest -q");
    row("env A=b C=d go test", "go test");
    row("timeout -k 5 60 go test", "go test");
    row("docker run --rm -v a:b -w /src node:22 npm test", "npm test");
    row("docker run aquasec/trivy image a", "trivy image a");
    row("docker run --entrypoint sh node:22 -c x", "sh -c x");
    row("docker compose -f x.yml run --rm app make test", "make test");
    row("docker build .", "docker build .");
    row("bundle exec rspec", "rspec");
    row("npx", "npx");
}

void TestPipelines::inner()
{
    QFETCH(QString, command);
    QTEST(innerCommand(command.split(u' ')).words.join(u' '), "inner");
}

void TestPipelines::makefile()
{
    const Makefile m = readMakefile(u"IMAGE := r/a\nTAG ?= dev\n.PHONY: all lint\nall: lint build ## help\nlint: | tools\n\t@-golint ./... # x\n\n"
                                    "build push: lint\n\tdocker build -t $(IMAGE):${TAG} \\\n\t  .\n\techo $$HOME $@ $(shell date)\ninclude x.mk\n"
                                    "ifeq ($(A),b)\nextra:\n\techo a\nendif\ndefine X\nnot: a\n\trule\nendef\ninline: ; echo b\n%.o: %.c\n\tcc\n"_s,
                                    {{u"TAG"_s, u"v1"_s}});
    QCOMPARE(m.first, u"all"_s);
    QCOMPARE(m.targets.value(u"all"_s).needs, (QStringList{u"lint"_s, u"build"_s}));
    const auto lint = m.targets.value(u"lint"_s).recipe;
    QCOMPARE(lint.size(), size_t(1));
    QVERIFY(lint[0].ignored);
    QCOMPARE(lint[0].line, 6);
    const auto push = m.targets.value(u"push"_s).recipe;
    QCOMPARE(push[0].text, u"docker build -t r/a:v1 \\\n\t  ."_s);
    QCOMPARE(push[1].text, u"echo $HOME push ${shell date}"_s);
    QVERIFY(m.targets.contains(u"extra"_s) && !m.targets.contains(u"not"_s));
    QCOMPARE(m.targets.value(u"inline"_s).recipe.front().text, u"echo b"_s);
    QCOMPARE(m.includes, QStringList{u"x.mk"_s});
    QVERIFY(readMakefile(u"A = $(A) $(A)\nb:\n\t$(A)\n"_s).targets.contains(u"b"_s)); // a variable that holds itself
}

void TestPipelines::github()
{
    const Repository r = read(u".github/workflows/a.yml"_s,
                              "name: release\non:\n  push: {branches: [main, 'release/**'], tags: ['v*']}\n  pull_request:\nenv: {TARGET: a}\n"
                              "defaults: {run: {shell: bash, working-directory: app}}\njobs:\n  one:\n    environment: {name: staging}\n    steps:\n"
                              "      - run: echo ${{ env.TARGET }}\n        env: {TARGET: b}\n        continue-on-error: true\n      - uses: actions/checkout@v4\n        with: {ref: x}\n"
                              "  two:\n    needs: [one]\n    if: ${{ always() }}\n    uses: acme/x/.github/workflows/y.yml@v1\n");
    QVERIFY(r.problems.empty());
    const Pipeline &p = r.pipelines.at(0);
    QCOMPARE(p.name, u"release"_s);
    QStringList occasions;
    for (const Occasion &o : p.occasions)
        occasions.append(o.name.en);
    QCOMPARE(occasions, (QStringList{u"push (main)"_s, u"push (release/x)"_s, u"push (v*)"_s, u"pull_request"_s}));
    QCOMPARE(p.jobs.size(), size_t(2));
    QCOMPARE(p.jobs[0].environment, u"staging"_s);
    QCOMPARE(p.jobs[0].steps[0].script->commands[0].words, (QStringList{u"echo"_s, u"b"_s}));
    QVERIFY(p.jobs[0].steps[0].script->root.options.pipefail);
    QVERIFY(p.jobs[0].steps[0].continueSpan.isValid());
    QCOMPARE(p.jobs[0].steps[1].inputs.value(u"ref"_s).value, u"x"_s);
    QCOMPARE(p.jobs[1].needs, std::vector<size_t>{0});
    QCOMPARE(p.jobs[1].opaque, QStringList{u"acme/x/.github/workflows/y.yml@v1"_s});
}

void TestPipelines::matrix()
{
    const auto names = [](const QByteArray &matrix) {
        const Repository r = read(u".github/workflows/a.yml"_s, "on: push\njobs:\n  a:\n    strategy:\n      matrix: " + matrix + "\n    steps:\n      - run: echo ${{ matrix.x }} ${{ matrix.y }}\n");
        QStringList names;
        for (const PipelineJob &job : r.pipelines.at(0).jobs) {
            if (!job.steps.empty())
                names.append(job.steps[0].script->commands[0].words.mid(1).join(u'-'));
        }
        return names.join(u' ');
    };
    QCOMPARE(names("{x: [a, b], y: [1, 2]}"), u"a-1 a-2 b-1 b-2"_s);
    QCOMPARE(names("{x: [a, b], y: [1, 2], exclude: [{x: a, y: 2}]}"), u"a-1 b-1 b-2"_s);
    QCOMPARE(names("{x: [a, b], include: [{x: a, y: 3}]}"), u"a-3 b-${{ matrix.y }}"_s);
    QCOMPARE(names("{include: [{x: a, y: 1}, {x: b, y: 2}]}"), u"a-1 b-2"_s);
    QVERIFY(names("{x: '${{ fromJSON(vars.X) }}'}").contains(u"matrix.x"));
    QVERIFY(!names("{x: [" + QByteArray("1,").repeated(300) + "1], y: [" + QByteArray("1,").repeated(300) + "1]}").isEmpty());
}

void TestPipelines::badInput_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    const QString github = u".github/workflows/a.yml"_s, gitlab = u".gitlab-ci.yml"_s, circle = u".circleci/config.yml"_s;
    QTest::newRow("needs a job that is not there") << github << QByteArray("on: push\njobs:\n  a:\n    needs: [b]\n    steps: []\n") << 4 << 13;
    QTest::newRow("a job that is no map") << github << QByteArray("on: push\njobs:\n  a: 5\n") << 3 << 6;
    QTest::newRow("no jobs") << github << QByteArray("on: push\n") << 1 << 1;
    QTest::newRow("a step that is text") << github << QByteArray("on: push\njobs:\n  a:\n    steps:\n      - make\n") << 5 << 9;
    QTest::newRow("a step that does nothing") << github << QByteArray("on: push\njobs:\n  a:\n    steps:\n      - name: x\n") << 5 << 9;
    QTest::newRow("GitLab job without script") << gitlab << QByteArray("a:\n  stage: test\n") << 2 << 3;
    QTest::newRow("GitLab needs") << gitlab << QByteArray("a:\n  script: [x]\n  needs: [b]\n") << 3 << 11;
    QTest::newRow("GitLab job that is text") << gitlab << QByteArray("a: x\n") << 1 << 4;
    QTest::newRow("CircleCI requires") << circle << QByteArray("version: 2.1\njobs: {a: {steps: []}}\nworkflows:\n  m:\n    jobs:\n      - a: {requires: [b]}\n") << 6 << 24;
    QTest::newRow("CircleCI without workflows") << circle << QByteArray("version: 2.1\njobs: {}\n") << 1 << 1;
    QTest::newRow("another system") << u"azure-pipelines.yml"_s << QByteArray("trigger: [main]\npool: x\n") << 1 << 1;
}

void TestPipelines::badInput()
{
    QFETCH(QString, path);
    QFETCH(QByteArray, text);
    const Repository r = read(path, text);
    QVERIFY(!r.problems.empty());
    QTEST(r.problems[0].span.line, "line");
    QTEST(r.problems[0].span.column, "column");
    QCOMPARE(r.problems[0].file, path);
    QVERIFY(!r.problems[0].message.ja.isEmpty() && !r.problems[0].message.en.isEmpty());
}

void TestPipelines::functionsThatGrow()
{
    QString text = u"f0() { a; }\n"_s;
    for (int i = 1; i < 40; ++i)
        text += u"f%1() { f%2; f%2; }\n"_s.arg(i).arg(i - 1);
    ShellReader reader;
    ShellNode root = reader.read({text + u"f39\n"_s, u"x"_s, {1, 1, 1, 2}, 1, 0, {}}, {});
    QVERIFY(!reader.take(std::move(root)).opaque.isEmpty());
    ShellReader nested;
    ShellNode deep = nested.read({u"( "_s.repeated(3000) + u"a"_s, u"x"_s, {1, 1, 1, 2}, 1, 0, {}}, {});
    QVERIFY(!nested.take(std::move(deep)).opaque.isEmpty());
}

/// What the pipelines lead to is read, digested and kept; what lies outside of the folder is not.
void TestPipelines::gathered()
{
    QTemporaryDir folder;
    const auto write = [&](const QString &path, const QByteArray &text) {
        QDir().mkpath(QFileInfo(folder.filePath(path)).path());
        QFile file(folder.filePath(path));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    };
    write(u"readiness/service.yaml"_s, "format: tenken.service/1\nid: shop\nevidence: {pipelines: [.github/workflows/]}\n");
    write(u".github/workflows/a.yml"_s, "on: push\njobs:\n  a:\n    steps:\n      - uses: ./.github/actions/x\n      - run: make lint\n      - run: ./../outside.sh\n      - run: /etc/passwd\n");
    write(u".github/actions/x/action.yml"_s, "runs:\n  using: composite\n  steps:\n    - run: ci/x.sh\n      shell: bash\n");
    write(u"ci/x.sh"_s, "npm test\n");
    write(u"package.json"_s, "{\"scripts\": {\"test\": \"jest\"}}");
    write(u"Makefile"_s, "lint:\n\teslint .\n");
    write(u"CODEOWNERS"_s, "* @a/b\n");
    write(u"unused.sh"_s, "x\n");
    const auto evidence = readEvidence(folder.path());
    QVERIFY(evidence.has_value());
    QStringList paths;
    for (const SourceFile &file : evidence->files)
        paths.append(file.path);
    QCOMPARE(paths, (QStringList{u".github/actions/x/action.yml"_s, u".github/workflows/a.yml"_s, u"CODEOWNERS"_s, u"Makefile"_s, u"ci/x.sh"_s, u"package.json"_s, u"readiness/service.yaml"_s}));
    QVERIFY(evidence->repository && evidence->repository->file(u"Makefile"_s));
    QCOMPARE(evidence->sourceText(u"ci/x.sh"_s), QByteArray("npm test\n"));
    QCOMPARE(evidence->files[3].sha256, sha256Hex("lint:\n\teslint .\n"));
    const QByteArray digest = evidence->digest();
    write(u"Makefile"_s, "lint:\n\techo no\n");
    QVERIFY(readEvidence(folder.path())->digest() != digest);
}

QTEST_GUILESS_MAIN(TestPipelines)
#include "tst_pipelines.moc"
