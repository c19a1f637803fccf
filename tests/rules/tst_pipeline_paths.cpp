// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipelinecases.h"

#include <QElapsedTimer>

using namespace tenken;
using namespace tenken::test;
using namespace Qt::StringLiterals;

/// What runs when: steps that never do, jobs for failures, conditions on results, and pipelines too large to try all.
class TestPipelinePaths : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void idle_data();
    void idle();
    void results_data();
    void results();
    void late_data();
    void late();
    void phases_data();
    void phases();
    void large_data();
    void large();
    void tooLarge();
};

namespace
{

const QByteArray push = "      - run: docker build -t r/app:1 .\n      - run: docker push r/app:1\n";

void columns()
{
    QTest::addColumn<Files>("files");
    QTest::addColumn<QString>("rule");
    QTest::addColumn<QString>("verdict");
}

void row(const char *name, const char *rule, const char *verdict, const Files &files)
{
    QTest::newRow(name) << files << QString::fromLatin1(rule) << QString::fromLatin1(verdict);
}

Files github(const QByteArray &jobs, Files more = {})
{
    more.insert(u".github/workflows/release.yml"_s, "name: release\non: {push: {branches: [main]}}\njobs:\n" + jobs);
    return more;
}

Files gitlab(const QByteArray &text)
{
    return {{u".gitlab-ci.yml"_s, text}};
}

QByteArray pushJob(const QByteArray &keys = {})
{
    return "  push:\n" + keys + "    steps:\n" + push;
}

void check(const Files &files, const QString &rule, const QString &verdict)
{
    const auto findings = judge(evidenceOf(files), rule);
    QVERIFY2(verdictsIn(findings) == verdict, qPrintable(u"wanted %1:\n"_s.arg(verdict) + QString::fromUtf8(printed(findings))));
    for (const Finding &f : findings)
        QVERIFY(!f.reason.ja.isEmpty() && !f.reason.en.isEmpty() && (f.verdict == Verdict::Pass || !f.remedy.ja.isEmpty()));
}

void checkRow()
{
    QFETCH(Files, files);
    QFETCH(QString, rule);
    QFETCH(QString, verdict);
    check(files, rule, verdict);
}

} // namespace

void TestPipelinePaths::idle_data()
{
    columns();
    const QByteArray off = "  check:\n    steps:\n      - if: false\n        run: npx eslint . && npx jest\n      - if: false\n"
                           "        uses: aquasecurity/trivy-action@0.28.0\n        with: {image-ref: x, exit-code: '1'}\n";
    for (const char *rule : {"pipeline-lint", "pipeline-tests", "image-scan"})
        row(rule, rule, "fail", github(off + pushJob("    needs: [check]\n")));
    row("${{ false }} of a job", "pipeline-lint", "fail",
        github("  lint:\n    if: ${{ false }}\n    steps:\n      - run: npx eslint .\n" + pushJob("    needs: [lint]\n    if: always()\n")));
    row("exit 0 before it", "pipeline-lint", "fail", github("  push:\n    steps:\n      - run: |\n          exit 0\n          npx eslint .\n" + push));
    row("if false; then", "pipeline-lint", "fail", github("  push:\n    steps:\n      - run: |\n          if false; then\n            npx eslint .\n          fi\n" + push));
    row("false && eslint, with || true", "pipeline-lint", "fail", github("  push:\n    steps:\n      - run: false && npx eslint . || true\n" + push));
    row("GitLab: when: never", "pipeline-lint", "fail", gitlab("lint:\n  stage: test\n  when: never\n  script: [npx eslint .]\npush:\n  stage: deploy\n  script: [docker build -t a . && docker push a]\n"));
    row("GitLab: rules: when: never", "pipeline-lint", "fail",
        gitlab("lint:\n  stage: test\n  rules: [{when: never}]\n  script: [npx eslint .]\npush:\n  stage: deploy\n  script: [docker build -t a . && docker push a]\n"));
    row("CircleCI: condition: false", "pipeline-lint", "fail",
        {{u".circleci/config.yml"_s, "version: 2.1\njobs:\n  push:\n    docker: [{image: a}]\n    steps:\n      - when:\n          condition: false\n          steps: [{run: npx eslint .}]\n"
                                     "      - run: docker build -t a . && docker push a\nworkflows: {main: {jobs: [push]}}\n"}});
    row("a reusable workflow whose input is false", "pipeline-lint", "fail",
        github("  call:\n    uses: ./.github/workflows/lint.yml\n    with: {lint: false}\n" + pushJob("    needs: [call]\n    if: always()\n"),
               {{u".github/workflows/lint.yml"_s, "on: {workflow_call: {inputs: {lint: {type: boolean, default: false}}}}\njobs:\n  lint:\n    if: ${{ inputs.lint }}\n    steps:\n      - run: npx eslint .\n"}}));
    row("a notification that never runs", "pipeline-notify", "fail", github(pushJob() + "      - if: false\n        uses: slackapi/slack-github-action@v2\n"));
    row("a push that never runs", "image-pipeline", "fail", github("  push:\n    if: false\n    steps:\n" + push));
    row("another event is another path", "pipeline-lint", "warn", github("  push:\n    steps:\n      - if: github.ref == 'refs/heads/other'\n        run: npx eslint .\n" + push));
    row("beside one that runs", "pipeline-lint", "pass", github("  push:\n    steps:\n      - if: false\n        run: npx eslint .\n      - run: npx eslint src\n" + push));
    row("what cannot be seen into may be one", "pipeline-lint", "unknown", github("  push:\n    steps:\n      - if: false\n        run: npx eslint .\n      - uses: acme/quality@v1\n" + push));
}

void TestPipelinePaths::idle() { checkRow(); }

void TestPipelinePaths::results_data()
{
    columns();
    const auto tell = [](const char *condition, const char *needs = "[push]") {
        return QByteArray("  tell:\n    needs: ") + needs + "\n    if: " + condition + "\n    steps:\n      - uses: slackapi/slack-github-action@v2\n";
    };
    for (const char *condition : {"failure()", "${{ failure() }}", "failure() || cancelled()", "'!success()'"})
        row(condition, "pipeline-notify", "pass", github(pushJob() + tell(condition)));
    row("failure() at the end of a chain", "pipeline-notify", "pass",
        github(pushJob() + "  deploy:\n    needs: push\n    steps:\n      - run: kubectl apply -f x\n" + tell("failure()", "[deploy]")));
    row("failure() of another job", "pipeline-notify", "warn",
        github("  build:\n    steps:\n      - run: make\n" + pushJob() + tell("failure()", "[build]")));
    const QByteArray stages = "stages: [test, report, build]\nlint:\n  stage: test\n  script: [golangci-lint run, go test ./...]\n"
                              "report:\n  stage: report\n  when: on_failure\n  script: [echo failed]\npush:\n  stage: build\n  script: [docker build -t a . && docker push a]\n";
    for (const char *rule : {"image-pipeline", "pipeline-lint", "pipeline-tests"})
        row(qPrintable(u"GitLab: on_failure between: "_s + QString::fromLatin1(rule)), rule, "pass", gitlab(stages));
    row("GitLab: on_failure that fails too stops", "pipeline-lint", "pass", gitlab(QByteArray(stages).replace("[echo failed]", "['false']")));
    const QByteArray check = "  check:\n    steps:\n      - run: npx eslint . && npx jest\n";
    row("contains(needs.*.result, 'failure')", "pipeline-lint", "pass",
        github(check + pushJob("    needs: [check]\n    if: \"${{ !cancelled() && !contains(needs.*.result, 'failure') }}\"\n")));
    row("contains(needs.*.result, 'skipped') lets a failure pass", "pipeline-lint", "warn",
        github(check + pushJob("    needs: [check]\n    if: \"${{ !cancelled() && !contains(needs.*.result, 'skipped') }}\"\n")));
    row("a result that cannot be evaluated", "pipeline-lint", "unknown",
        github(check + pushJob("    needs: [check]\n    if: \"${{ !cancelled() && join(needs.*.result, '') == 'success' }}\"\n")));
    row("always() with an unknown still does not stop", "pipeline-lint", "warn",
        github(check + pushJob("    needs: [check]\n    if: always() && vars.PUSH == 'on'\n")));
}

void TestPipelinePaths::results() { checkRow(); }

void TestPipelinePaths::late_data()
{
    columns();
    const QByteArray scan = "      - run: trivy image --exit-code 1 r/app:1\n", deploy = "      - run: kubectl apply -f x\n";
    row("scan, then deploy, after the push", "image-scan", "pass", github("  push:\n    steps:\n" + push + scan + deploy));
    row("deploy, then scan, in one job", "image-scan", "warn", github("  push:\n    steps:\n" + push + deploy + scan));
    row("a roll-back after a failed scan is no delivery", "image-scan", "pass",
        github("  push:\n    steps:\n" + push + scan + "      - if: failure()\n        run: kubectl rollout undo deployment/app\n"));
    const QByteArray first = "name: ci\non: {push: {branches: [main]}}\njobs:\n  scan:\n    steps:\n" + scan;
    const auto after = [&](const QByteArray &condition) {
        return Files{{u".github/workflows/ci.yml"_s, first},
                     {u".github/workflows/push.yml"_s, "name: push\non: {workflow_run: {workflows: [ci], types: [completed]}}\njobs:\n" + pushJob(condition)}};
    };
    row("a scan in the workflow before", "image-scan", "pass", after("    if: github.event.workflow_run.conclusion == 'success'\n"));
    row("a scan in the workflow before, which may have failed", "image-scan", "warn", after({}));
}

void TestPipelinePaths::late() { checkRow(); }

void TestPipelinePaths::phases_data()
{
    columns();
    const auto job = [](const char *id, const char *command, const char *keys = "") {
        return QByteArray("  ") + id + ":\n" + keys + "    steps:\n      - uses: actions/checkout@v4\n      - run: " + command + "\n";
    };
    const char *needs = "    needs: staging\n";
    row("jobs that only say so", "staged-delivery", "unknown",
        github(job("staging", "echo deploy to staging") + job("production", "echo deploy to production", needs)));
    row("jobs of one word that test", "staged-delivery", "unknown", github(job("staging", "npm ci") + job("production", "npm ci", needs)));
    row("jobs of one word with a script", "staged-delivery", "pass", github(job("staging", "./deploy.sh") + job("production", "./deploy.sh", needs)));
    row("jobs of one word that copy", "staged-delivery", "pass", github(job("staging", "aws s3 sync dist s3://a") + job("production", "aws s3 sync dist s3://b", needs)));
    row("staging || true", "staged-delivery", "warn",
        github(job("staging", "kubectl apply -k overlays/staging || true") + job("production", "kubectl apply -k overlays/production", needs)));
    row("a script || true", "staged-delivery", "warn", github(job("staging", "./deploy.sh || true") + job("production", "./deploy.sh", needs)));
    row("one job, one after the other", "staged-delivery", "pass",
        github("  deploy:\n    steps:\n      - run: kubectl apply -k overlays/staging\n      - run: kubectl apply -k overlays/production\n"));
    row("one job, production first", "staged-delivery", "warn",
        github("  deploy:\n    steps:\n      - run: kubectl apply -k overlays/production\n      - run: kubectl apply -k overlays/staging\n"));
    row("one job, staging || true", "staged-delivery", "warn",
        github("  deploy:\n    steps:\n      - run: |\n          kubectl apply -k overlays/staging || true\n          kubectl apply -k overlays/production\n"));
}

void TestPipelinePaths::phases() { checkRow(); }

void TestPipelinePaths::large_data()
{
    QTest::addColumn<QByteArray>("jobs");
    const QByteArray four = "      - run: golangci-lint run\n      - run: docker build -t a . && docker push a\n      - run: trivy image --exit-code 1 a\n"
                            "      - if: always()\n        uses: slackapi/slack-github-action@v2\n";
    QByteArray wide, deep;
    for (int i = 0; i < 40; ++i)
        wide += "  j" + QByteArray::number(i) + ":\n    steps:\n" + four.repeated(6);
    QTest::newRow("40 jobs, each six times all") << wide;
    for (int i = 0; i < 120; ++i) {
        deep += "  j" + QByteArray::number(i) + ":\n    needs: [";
        for (int n = std::max(0, i - 20); n < i; ++n)
            deep += (n > std::max(0, i - 20) ? ", j" : "j") + QByteArray::number(n);
        deep += "]\n    steps:\n" + four;
    }
    QTest::newRow("120 jobs that need the 20 before") << deep;
    QTest::newRow("a line of 3000 commands")
        << "  a:\n    steps:\n      - run: " + QByteArray("eslint . && ").repeated(3000) + "jest\n      - run: docker build -t a . && docker push a\n";
    QTest::newRow("a line of 3000 commands that stop nothing")
        << "  a:\n    steps:\n      - run: (" + QByteArray("eslint . && ").repeated(3000) + "jest) || true\n      - run: docker build -t a . && docker push a\n";
}

void TestPipelinePaths::large()
{
    QFETCH(QByteArray, jobs);
    const Evidence e = workflow(jobs, {}, "on: {push: {branches: [main, develop]}, workflow_dispatch: {}}");
    for (const char *rule : {"image-pipeline", "pipeline-lint", "pipeline-tests", "image-scan", "pipeline-notify", "staged-delivery"}) {
        QElapsedTimer timer;
        timer.start();
        QVERIFY(!judge(e, QString::fromLatin1(rule)).empty());
        QVERIFY2(timer.elapsed() < 60'000, qPrintable(u"%1: %2 ms"_s.arg(QLatin1StringView(rule)).arg(timer.elapsed())));
        qInfo("%s: %lld ms", rule, timer.elapsed());
    }
}

/// Beyond the bound it says so, and does not guess.
void TestPipelinePaths::tooLarge()
{
    const QByteArray lint = "      - run: golangci-lint run || true\n", slack = "      - uses: slackapi/slack-github-action@v2\n";
    QByteArray jobs;
    for (int i = 0; i < 60; ++i)
        jobs += "  j" + QByteArray::number(i) + ":\n    steps:\n" + lint.repeated(30) + QByteArray(push).repeated(15) + slack.repeated(30);
    const Evidence e = workflow(jobs, {}, "on: {push: {branches: [main, develop, a, b]}, workflow_dispatch: {}}");
    for (const char *rule : {"pipeline-lint", "pipeline-notify"}) {
        QElapsedTimer timer;
        timer.start();
        const auto findings = judge(e, QString::fromLatin1(rule));
        QVERIFY(std::ranges::any_of(findings, [](const Finding &f) { return f.verdict == Verdict::Unknown && f.reason.en.contains(u"so large"_s); }));
        QVERIFY(std::ranges::none_of(findings, [](const Finding &f) { return f.verdict == Verdict::Pass; }));
        QVERIFY2(timer.elapsed() < 60'000, qPrintable(QString::number(timer.elapsed())));
        qInfo("%s: %lld ms", rule, timer.elapsed());
    }
}

QTEST_APPLESS_MAIN(TestPipelinePaths)
#include "tst_pipeline_paths.moc"
