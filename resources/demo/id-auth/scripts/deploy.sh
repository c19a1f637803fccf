#!/usr/bin/env bash
# 使い方: scripts/deploy.sh 環境 コミット
set -euo pipefail

environment=$1
commit=$2

kubectl --context "id-auth-$environment" -n identity set image deployment/id-auth \
  "id-auth=registry.example.com/identity/id-auth:$commit"
kubectl --context "id-auth-$environment" -n identity rollout status deployment/id-auth --timeout=10m
