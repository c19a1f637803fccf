// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipelinecases.h"

using namespace tenken;
using namespace tenken::test;
using namespace Qt::StringLiterals;

/// The same questions asked of GitLab CI and CircleCI.
class TestPipelineSystems : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void gitlab_data();
    void gitlab();
    void circle_data();
    void circle();
    void truncated_data();
    void truncated();
};

namespace
{

void row(const char *name, const QByteArray &text, const char *rule, const char *verdict)
{
    QTest::newRow(name) << text << QString::fromLatin1(rule) << QString::fromLatin1(verdict);
}

void columns()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("rule");
    QTest::addColumn<QString>("verdict");
}

void check(const Files &files, const QString &rule, const QString &verdict)
{
    const auto findings = judge(evidenceOf(files), rule);
    QVERIFY2(verdictsIn(findings) == verdict, qPrintable(u"wanted %1:\n"_s.arg(verdict) + QString::fromUtf8(printed(findings))));
}

const QByteArray gitlabPush = "push:\n  stage: deploy\n  script:\n    - docker build -t a .\n    - docker push a\n";
const QByteArray gitlabLint = "lint:\n  stage: test\n  script: [golangci-lint run]\n";

QByteArray circleConfig(const QByteArray &jobs, const QByteArray &workflow, const QByteArray &more = {})
{
    return "version: 2.1\n" + more + "jobs:\n" + jobs
        + "  push:\n    docker: [{image: cimg/go:1.23}]\n    steps:\n      - checkout\n      - run: docker build -t a . && docker push a\n"
          "workflows:\n  main:\n    jobs:\n"
        + workflow;
}

const QByteArray circleLint = "  lint:\n    docker: [{image: cimg/go:1.23}]\n    steps:\n      - checkout\n      - run: golangci-lint run\n";

} // namespace

void TestPipelineSystems::gitlab_data()
{
    columns();
    row("an earlier stage", gitlabLint + gitlabPush, "pipeline-lint", "pass");
    row("job without stage is test", "lint:\n  script: [golangci-lint run]\n" + gitlabPush, "pipeline-lint", "pass");
    row("the same stage", QByteArray(gitlabLint).replace("test", "deploy") + gitlabPush, "pipeline-lint", "warn");
    row("a later stage", QByteArray(gitlabLint).replace("test", ".post") + gitlabPush, "pipeline-lint", "warn");
    row("needs: [] starts at once", gitlabLint + gitlabPush + "  needs: []\n", "pipeline-lint", "warn");
    row("needs names the lint job", gitlabLint + gitlabPush + "  needs: [lint]\n", "pipeline-lint", "pass");
    row("needs another job bypasses lint", gitlabLint + "build:\n  stage: build\n  script: [go build]\n" + gitlabPush + "  needs: [build]\n", "pipeline-lint", "warn");
    row("allow_failure", gitlabLint + "  allow_failure: true\n" + gitlabPush, "pipeline-lint", "warn");
    row("manual is allowed to fail", gitlabLint + "  when: manual\n" + gitlabPush, "pipeline-lint", "warn");
    row("manual inside rules holds the pipeline", gitlabLint + "  rules: [{when: manual}]\n" + gitlabPush, "pipeline-lint", "pass");
    row("push when: always", gitlabLint + gitlabPush + "  when: always\n", "pipeline-lint", "warn");
    row("lint only on merge requests", gitlabLint + "  rules:\n    - if: $CI_PIPELINE_SOURCE == \"merge_request_event\"\n" + gitlabPush, "pipeline-lint", "warn");
    row("push on the default branch only", gitlabLint + "  rules:\n    - if: $CI_COMMIT_BRANCH\n" + gitlabPush + "  rules:\n    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH\n", "pipeline-lint", "pass");
    row("rules: when: never first", gitlabLint + "  rules:\n    - if: $CI_COMMIT_TAG\n      when: never\n    - when: on_success\n" + gitlabPush + "  rules:\n    - if: $CI_COMMIT_TAG =~ /^v/\n", "pipeline-lint", "warn");
    row("only: main", gitlabLint + gitlabPush + "  only: [main]\n", "pipeline-lint", "pass");
    row("lint except main", gitlabLint + "  except: [main]\n" + gitlabPush + "  only: [main]\n", "pipeline-lint", "warn");
    row("changes may leave lint out", gitlabLint + "  rules:\n    - changes: ['*.go']\n" + gitlabPush, "pipeline-lint", "warn");
    row("extends", ".lint:\n  stage: test\n  script: [golangci-lint run]\nlint:\n  extends: .lint\n" + gitlabPush, "pipeline-lint", "pass");
    row("extends replaces lists", ".lint:\n  stage: test\n  script: [golangci-lint run]\nlint:\n  extends: .lint\n  script: [echo no]\n" + gitlabPush, "pipeline-lint", "fail");
    row("extends what is not there", "lint:\n  extends: .elsewhere\n" + gitlabPush, "pipeline-lint", "unknown");
    row("before_script by default", "default:\n  before_script: [golangci-lint run]\n" + gitlabPush, "pipeline-lint", "pass");
    row("after_script cannot fail", gitlabPush + "  after_script: [golangci-lint run]\n", "pipeline-lint", "warn");
    row("!reference", ".checks:\n  script:\n    - golangci-lint run\npush:\n  stage: deploy\n  script:\n    - !reference [.checks, script]\n    - docker build -t a . && docker push a\n", "pipeline-lint", "pass");
    row("!reference to nothing", "push:\n  script:\n    - !reference [.checks, script]\n    - docker build -t a . && docker push a\n", "pipeline-lint", "unknown");
    row("anchor", ".c: &c\n  - golangci-lint run\npush:\n  script:\n    - *c\n    - docker build -t a . && docker push a\n", "pipeline-lint", "pass");
    row("pipefail holds", "push:\n  script:\n    - golangci-lint run | tee x\n    - docker build -t a . && docker push a\n", "pipeline-lint", "pass");
    row("remote include", "include: [{project: acme/ci, file: lint.yml}]\n" + gitlabPush, "pipeline-lint", "unknown");
    row("child pipeline", "child:\n  stage: test\n  trigger: {include: child.yml}\n" + gitlabPush, "pipeline-lint", "unknown");
    row("variables say what is run", "variables: {LINTER: golangci-lint}\nlint:\n  stage: test\n  script: ['$LINTER run']\n" + gitlabPush, "pipeline-lint", "pass");
    row("workflow leaves branches out", "workflow:\n  rules:\n    - if: $CI_COMMIT_TAG\n" + gitlabLint + "  rules: [{if: $CI_COMMIT_BRANCH}]\n" + gitlabPush, "pipeline-lint", "warn");
    row("builds and pushes", gitlabPush, "image-pipeline", "pass");
    row("kaniko", "push:\n  image: {name: 'gcr.io/kaniko-project/executor', entrypoint: ['']}\n  script:\n    - /kaniko/executor --context . --destination r/a\n", "image-pipeline", "pass");
    row("hidden jobs do not run", ".push:\n  script: [docker build --push .]\n", "image-pipeline", "fail");
    row("when: never", gitlabPush + "  rules: [{when: never}]\n", "image-pipeline", "fail");
    row("tests", "test:\n  script: [go test ./...]\n" + gitlabPush, "pipeline-tests", "pass");
    row("Slack in after_script", gitlabPush + "  after_script:\n    - curl -d x $SLACK_WEBHOOK_URL\n", "pipeline-notify", "pass");
    row("Slack on failure", gitlabPush + "tell:\n  stage: .post\n  when: on_failure\n  script: [curl -d x $SLACK_WEBHOOK_URL]\n", "pipeline-notify", "pass");
    row("Slack on success", gitlabPush + "tell:\n  stage: .post\n  script: [curl -d x $SLACK_WEBHOOK_URL]\n", "pipeline-notify", "warn");
    row("GitLab's container scanning is a report", "include: [{template: Jobs/Container-Scanning.gitlab-ci.yml}]\n" + gitlabPush, "image-scan", "warn");
    row("stages in their order", "stages: [staging, production]\nstaging:\n  stage: staging\n  environment: staging\n  script: [kubectl apply -f x]\nproduction:\n  stage: production\n  environment: production\n  script: [kubectl apply -f x]\n", "staged-delivery", "pass");
    row("production without needs", "stages: [deploy]\nstaging:\n  stage: deploy\n  environment: staging\n  script: [kubectl apply -f x]\nproduction:\n  stage: deploy\n  environment: production\n  script: [kubectl apply -f x]\n", "staged-delivery", "warn");
    row("stopping an environment is no delivery", "production:\n  stage: deploy\n  environment: {name: production, action: stop}\n  script: [kubectl delete -f x]\n", "staged-delivery", "unknown");
}

void TestPipelineSystems::gitlab()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, rule);
    QFETCH(QString, verdict);
    check({{u".gitlab-ci.yml"_s, text}, {u"ci/lint.yml"_s, gitlabLint}}, rule, verdict);
    check({{u".gitlab-ci.yml"_s, "include: /ci/lint.yml\n" + gitlabPush}, {u"ci/lint.yml"_s, gitlabLint}}, u"pipeline-lint"_s, u"pass"_s);
    check({{u".gitlab-ci.yml"_s, "include: [{local: ci/lint.yml}]\nlint: {allow_failure: true}\n" + gitlabPush}, {u"ci/lint.yml"_s, gitlabLint}}, u"pipeline-lint"_s, u"warn"_s);
    check({{u".gitlab-ci.yml"_s, "include: [{local: ci/lint.yml, rules: [{when: never}]}]\n" + gitlabPush}, {u"ci/lint.yml"_s, gitlabLint}}, u"pipeline-lint"_s, u"fail"_s);
    check({{u".gitlab-ci.yml"_s, "include: [{local: ci/lint.yml, rules: [{if: $X, when: never}, {when: always}]}]\n" + gitlabPush}, {u"ci/lint.yml"_s, gitlabLint}}, u"pipeline-lint"_s, u"pass"_s);
    check({{u".gitlab-ci.yml"_s, "include: ci/gone.yml\n" + gitlabPush}}, u"pipeline-lint"_s, u"unknown"_s);
}

void TestPipelineSystems::circle_data()
{
    columns();
    row("requires", circleConfig(circleLint, "      - lint\n      - push: {requires: [lint]}\n"), "pipeline-lint", "pass");
    row("jobs run concurrently", circleConfig(circleLint, "      - lint\n      - push\n"), "pipeline-lint", "warn");
    row("required whatever its end", circleConfig(circleLint, "      - lint\n      - push: {requires: [{lint: terminal}]}\n"), "pipeline-lint", "warn");
    row("required with success and failure", circleConfig(circleLint, "      - lint\n      - push: {requires: [{lint: [success, failed]}]}\n"), "pipeline-lint", "warn");
    row("through an approval", circleConfig(circleLint, "      - lint\n      - hold: {type: approval, requires: [lint]}\n      - push: {requires: [hold]}\n"), "pipeline-lint", "pass");
    row("a required job that filters remove is ignored",
        circleConfig(circleLint + "  test:\n    docker: [{image: a}]\n    steps:\n      - run: go test ./...\n",
                     "      - lint: {filters: {branches: {only: develop}}}\n      - test\n      - push: {requires: [lint, test], filters: {branches: {only: main}}}\n"), "pipeline-lint", "warn");
    row("the same filters", circleConfig(circleLint, "      - lint: {filters: {branches: {only: main}}}\n      - push: {requires: [lint], filters: {branches: {only: main}}}\n"), "pipeline-lint", "pass");
    row("command", circleConfig("  lint:\n    docker: [{image: a}]\n    steps:\n      - check: {tool: golangci-lint}\n", "      - lint\n      - push: {requires: [lint]}\n",
                                "commands:\n  check:\n    parameters: {tool: {type: string}}\n    steps:\n      - run: << parameters.tool >> run\n"), "pipeline-lint", "pass");
    row("command that is not there", circleConfig("  lint:\n    docker: [{image: a}]\n    steps:\n      - check\n", "      - lint\n      - push: {requires: [lint]}\n"), "pipeline-lint", "unknown");
    row("private orb", circleConfig("", "      - q/lint\n      - push: {requires: [q/lint]}\n", "orbs: {q: acme/quality@1}\n"), "pipeline-lint", "unknown");
    row("own shell without -e", circleConfig("  lint:\n    docker: [{image: a}]\n    steps:\n      - run:\n          shell: /bin/bash\n          command: |\n            golangci-lint run\n            echo done\n", "      - lint\n      - push: {requires: [lint]}\n"), "pipeline-lint", "warn");
    row("step in the background", circleConfig("  lint:\n    docker: [{image: a}]\n    steps:\n      - run: {command: golangci-lint run, background: true}\n", "      - lint\n      - push: {requires: [lint]}\n"), "pipeline-lint", "unknown");
    row("builds and pushes", circleConfig("", "      - push\n"), "image-pipeline", "pass");
    row("orb that builds and pushes", "version: 2.1\norbs: {ecr: circleci/aws-ecr@9}\nworkflows:\n  main:\n    jobs:\n      - ecr/build_and_push_image: {repo: a}\n", "image-pipeline", "pass");
    row("an orb of the same name by somebody else", "version: 2.1\norbs: {aws-ecr: acme/aws-ecr@9}\nworkflows:\n  main:\n    jobs:\n      - aws-ecr/build_and_push_image\n", "image-pipeline", "unknown");
    row("push on tags only", circleConfig("", "      - push: {filters: {branches: {ignore: /.*/}, tags: {only: /^v.*/}}}\n"), "image-pipeline", "pass");
    row("job without tag filter does not run on tags", circleConfig(circleLint, "      - lint\n      - push: {requires: [lint], filters: {branches: {ignore: /.*/}, tags: {only: /^v.*/}}}\n"), "image-pipeline", "fail");
    row("Slack by default tells both", QByteArray(circleConfig("", "      - push\n", "orbs: {slack: circleci/slack@5}\n")).replace("docker push a\n", "docker push a\n      - slack/notify\n"), "pipeline-notify", "pass");
    row("Slack on fail", QByteArray(circleConfig("", "      - push\n", "orbs: {slack: circleci/slack@5}\n")).replace("docker push a\n", "docker push a\n      - slack/notify: {event: fail}\n"), "pipeline-notify", "pass");
    row("Slack on pass", QByteArray(circleConfig("", "      - push\n", "orbs: {slack: circleci/slack@5}\n")).replace("docker push a\n", "docker push a\n      - slack/notify: {event: pass}\n"), "pipeline-notify", "warn");
    row("curl with when: on_fail", QByteArray(circleConfig("", "      - push\n")).replace("docker push a\n", "docker push a\n      - run: {when: on_fail, command: 'curl -d x $SLACK_WEBHOOK'}\n"), "pipeline-notify", "pass");
    const auto slack = [](const char *inputs) {
        return QByteArray(circleConfig("", "      - push\n", "orbs: {slack: circleci/slack@5}\n")).replace("docker push a\n", QByteArray("docker push a\n      - slack/notify: {event: fail, ") + inputs + "}\n");
    };
    row("Slack on another branch", slack("branch_pattern: release"), "pipeline-notify", "warn");
    row("Slack on these branches", slack("branch_pattern: 'main,another-.+'"), "pipeline-notify", "pass");
    const auto ecr = [](const char *inputs) {
        return QByteArray("version: 2.1\norbs: {ecr: circleci/aws-ecr@9}\nworkflows:\n  main:\n    jobs:\n      - ecr/build_and_push_image: {repo: a, ") + inputs + "}\n";
    };
    row("orb that only builds", ecr("push_image: false"), "image-pipeline", "fail");
    row("orb that pushes, said so", ecr("push_image: true"), "image-pipeline", "pass");
    row("setup continues elsewhere", "version: 2.1\nsetup: true\nworkflows: {}\n", "image-pipeline", "unknown");
    row("job that is not there", "version: 2.1\njobs: {}\nworkflows:\n  main:\n    jobs: [push]\n", "image-pipeline", "unknown");
}

void TestPipelineSystems::circle()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, rule);
    QFETCH(QString, verdict);
    check({{u".circleci/config.yml"_s, text}}, rule, verdict);
}

void TestPipelineSystems::truncated_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("GitHub") << u".github/workflows/release.yml"_s
                            << QByteArray("name: release\non:\n  push: {branches: [main], tags: ['v*']}\njobs:\n  lint:\n    strategy: {matrix: {t: [lint, test], "
                                          "include: [{t: x}], exclude: [{t: test}]}}\n    steps:\n      - run: |\n          set -euo pipefail\n          for i in \"a b\" c; do\n"
                                          "            make \"$i\" || { echo 'x'; exit 1; }\n          done\n          case $X in\n            a|b) npm test ;;\n            *) exit 0 ;;\n"
                                          "          esac\n          cat <<-'EOF' | tee x\n          text $(\n          EOF\n          [[ -n ${A:-b} && $C == d ]] && docker push \"a:${{ github.sha }}\"\n")
                                    + imageJob({}, "    needs: [lint]\n    if: ${{ always() && needs.lint.result == 'success' && !contains(github.ref, 'x') }}\n");
    QTest::newRow("GitLab") << u".gitlab-ci.yml"_s
                            << QByteArray("stages: [a, b]\ninclude: [{local: x.yml}]\n.x: &x\n  rules:\n    - if: '$CI_COMMIT_BRANCH =~ /^rel\\/.*$/ && ($A == \"b\" || $C)'\n      when: manual\n"
                                          "push:\n  <<: *x\n  extends: [.x]\n  stage: b\n  script:\n    - !reference [.x, script]\n    - |\n      f() { docker push a; }\n      f\n  needs: [{job: lint, optional: true}]\n")
                                    + gitlabLint;
    QTest::newRow("CircleCI") << u".circleci/config.yml"_s
                              << circleConfig(circleLint + "  c:\n    parameters: {p: {type: string, default: x}}\n    steps:\n      - when: {condition: << parameters.p >>, steps: [{run: ls}]}\n",
                                              "      - lint: {filters: {tags: {only: /^v.*/}}}\n      - c: {p: y, pre-steps: [checkout]}\n      - push: {requires: [{lint: [success]}]}\n");
}

/// A file that is being written ends anywhere: no crash, no hang, and never a pass that the whole file does not give.
void TestPipelineSystems::truncated()
{
    QFETCH(QString, path);
    QFETCH(QByteArray, text);
    for (qsizetype length = 0; length <= text.size(); ++length) {
        const Evidence e = evidenceOf({{path, text.left(length)}, {u"Makefile"_s, "a: b\nb: a\n\tlint $(X)\n"}});
        for (const char *rule : {"image-pipeline", "pipeline-lint", "image-scan", "pipeline-notify", "staged-delivery", "pipeline-owned"})
            QVERIFY(!judge(e, QString::fromLatin1(rule)).empty());
    }
    QByteArray noise = text;
    quint32 state = 1;
    for (int round = 0; round < 300; ++round) {
        state = state * 1664525 + 1013904223;
        noise[qsizetype(state >> 8) % noise.size()] = "\n\"'{}[]()$|&;:#<>\\ !*-"[(state >> 20) % 23];
        QVERIFY(!judge(evidenceOf({{path, noise}}), u"pipeline-lint"_s).empty());
    }
}

QTEST_APPLESS_MAIN(TestPipelineSystems)
#include "tst_pipeline_systems.moc"
