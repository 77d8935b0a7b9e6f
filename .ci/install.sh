# The packages as strangers use them; read by .ci/run, which gives root, version, feed, work and log.
# Every check runs in a folder outside the repository.

packages='AdversarialKit AdversarialKit.Distributed AdversarialKit.Images AdversarialKit.Onnx AdversarialKit.Reporting AdversarialKit.Tabular AdversarialKit.Templates'
strangers=$work/strangers
hive=$work/hive
export PackageUnderTest=$version Feed=$feed

# Analyzers have run in the build.
packs_all() {
  local made expected package
  dotnet pack -p:RunAnalyzers=false -c Release -o "$feed" -p:PackageVersion="$version" -p:ContinuousIntegrationBuild=true -p:RepositoryUrl=https://code.example/kit -warnaserror || return 1
  made=$(cd "$feed" && ls ./*.nupkg)
  expected=$(for package in $packages; do echo "./$package.$version.nupkg"; done)
  [[ $made == "$expected" ]] || { echo "expected:"; echo "$expected"; echo "made:"; echo "$made"; return 1; }
}

# What nobody outside the repository can use: relative links, documentation of internal members, pictures of nowhere.
shows_what_is_public() {
  local package open
  echo '<Project><Target Name="Open"><Unzip SourceFiles="$(From)" DestinationFolder="$(To)" /></Target></Project>' >"$work/open.proj"
  for package in $packages; do
    open=$work/open/$package
    dotnet msbuild "$work/open.proj" -p:From="$feed/$package.$version.nupkg" -p:To="$open" || return 1
    says_not '\]\((docs|samples|src|CHANGELOG|LICENSE)' "$open/README.md" || return 1
    says '<repository type="git" url="https://code.example/kit"' "$open/$package.nuspec" || return 1
    [[ $package == AdversarialKit ]] || continue
    says 'https://code.example/kit/blob/[0-9a-f]{40}/docs/getting-started.md' "$open/README.md" &&
      says 'https://code.example/kit/raw/[0-9a-f]{40}/docs/images/mnist-gan.png' "$open/README.md" &&
      says 'M:AdversarialKit.Gan.TrainStep\(' "$open/lib/net8.0/AdversarialKit.xml" &&
      says_not 'NetworkBuffers|TrimmedModules|GanAssembly|DefaultInterpolatedStringHandler' "$open/lib/net8.0/AdversarialKit.xml" || return 1
  done
}

finds_sources() {
  command -v git >/dev/null && [[ -e $root/.git ]] || { echo 'left out: no git'; return 0; }
  mkdir -p "$work/sources" && dotnet msbuild src/AdversarialKit -t:"InitializeSourceControlInformation;GenerateSourceLinkFile" -p:Configuration=Release -p:TargetFramework=net8.0 \
    -p:IntermediateOutputPath="$work/sources/" -p:RepositoryUrl=https://github.com/example/kit &&
    says '"https://raw.githubusercontent.com/example/kit/[0-9a-f]{40}/\*"' "$work/sources/AdversarialKit.sourcelink.json"
}

# version_of FOLDER: the version that `dotnet pack` would take there.
version_of() { dotnet msbuild "$1/src/AdversarialKit" -t:MinVer -p:_IsPacking=true -p:TargetFramework=net8.0 -getProperty:PackageVersion; }

takes_its_version_from_tags() {
  local tree=$work/tree git=(git -C "$work/tree" -c user.name=ci -c user.email=ci@localhost)
  rm -rf "$tree" && mkdir "$tree" && cp -r "$root/src" "$root/tools" "$root"/Directory.* "$root/global.json" "$tree" || return 1
  dotnet restore "$tree/src/AdversarialKit" || return 1
  [[ $(version_of "$tree") == 0.2.0-alpha.0 ]] || { echo "without git: $(version_of "$tree")"; return 1; }
  command -v git >/dev/null || { echo 'left out: no git'; return 0; }
  git -C "$tree" init -q && "${git[@]}" commit -q --allow-empty -m one || return 1
  [[ $(version_of "$tree") == 0.2.0-alpha.0 ]] || { echo "without tags: $(version_of "$tree")"; return 1; }
  "${git[@]}" tag v0.2.0 && [[ $(version_of "$tree") == 0.2.0 ]] || { echo "on the tag v0.2.0: $(version_of "$tree")"; return 1; }
  "${git[@]}" commit -q --allow-empty -m two && [[ $(version_of "$tree") == 0.2.1-alpha.0.1 ]] || { echo "after it: $(version_of "$tree")"; return 1; }
}

builds_strangers() {
  rm -rf "$strangers" && cp -r "$root/.ci/consumers" "$strangers" && cp "$consumer/Program.cs" "$strangers/CSharp" &&
    (cd "$strangers" && dotnet build -c Release) && says ' 0 Warning\(s\)' "$log"
}

runs_strangers() {
  local language
  for language in CSharp FSharp VisualBasic; do
    timeout 300 dotnet "$strangers/$language"/bin/Release/net8.0/*/"$language.dll" >"$work/output" 2>&1 || { echo "$language: exit code $?"; cat "$work/output"; return 1; }
    says '^Radius [0-9.]+ ± [0-9.]+,|: 20 iterations, samples 4 x 2$' "$work/output" && says_not 'NaN|∞' "$work/output" || return 1
  done
}

installs_templates() {
  rm -rf "$hive"
  dotnet new install "$feed/AdversarialKit.Templates.$version.nupkg" --debug:custom-hive "$hive" || return 1
  rm -rf "$work/new" && mkdir "$work/new" && cp "$root/.ci/consumers/Directory.Build.props" "$work/new" || return 1
  # The projects stand on their own; what is here besides them is this feed and hard links.
  sed -i '/<OutputType>\|<TargetFramework>\|RollForward\|UseAppHost\|PackageReference/d' "$work/new/Directory.Build.props"
  (cd "$work/new" &&
    dotnet new gan-console -o Circle --debug:custom-hive "$hive" &&
    dotnet new gan-images -o Pictures --debug:custom-hive "$hive" &&
    dotnet new gan-table -o Numbers --framework net8.0 --debug:custom-hive "$hive" &&
    echo '<Solution><Project Path="Circle/Circle.csproj" /><Project Path="Pictures/Pictures.csproj" /><Project Path="Numbers/Numbers.csproj" /></Solution>' >All.slnx &&
    dotnet build -c Release -p:UseAppHost=false) &&
    says ' 0 Warning\(s\)' "$log" && diff "$consumer/Program.cs" "$work/new/Circle/Program.cs"
}

# run_new PROJECT ARGUMENTS...: what `dotnet run` starts, in the project's folder.
run_new() { local project=$1; shift; (cd "$work/new/$project" && DOTNET_ROLL_FORWARD=Major timeout 300 dotnet bin/Release/net*/*/"$project.dll" "$@") >"$work/output" 2>&1 || { echo "$project: exit code $?"; cat "$work/output"; return 1; }; }

runs_templates() {
  local copy picture
  run_new Circle && says '^Radius [0-9.]+ ± [0-9.]+,' "$work/output" || return 1
  run_new Pictures pictures 0.05 && says 'learning from drawn digits' "$work/output" &&
    has_files "$work/new/Pictures/run/digits/samples.png" "$work/new/Pictures/run/digits/sheets/00000000.png" || return 1
  run_new Pictures pictures 0.01 && says '^Going on at iteration [1-9]' "$work/output" || return 1
  # Pictures after digits, where a run was killed before its first checkpoint.
  mkdir -p "$work/new/Pictures/mine" "$work/new/Pictures/run/pictures/checkpoints"
  for copy in 1 2 3 4 5 6 7 8; do
    for picture in "$root"/docs/images/mnist-*.png; do cp "$picture" "$work/new/Pictures/mine/$copy-${picture##*/}"; done
  done
  run_new Pictures mine 0.05 && says 'Learning from the pictures in' "$work/output" && has_files "$work/new/Pictures/run/pictures/samples.png" || return 1
  run_new Numbers table.csv 100 && says '^age: ' "$work/output" && [[ $(wc -l <"$work/new/Numbers/samples.csv") -eq 2001 ]]
}

# publish_as NAME SETTINGS...: publishes deployed.cs so, runs it, and compares what it prints with what `dotnet run` does.
publish_as() {
  local name=$1
  shift
  (cd "$strangers" && dotnet publish deployed.cs -c Release -o "$work/published/$name" "$@") || return 1
  [[ ! -e $work/published/$name/TorchSharp.dll || $name == trimmed ]] || { echo 'TorchSharp.dll lies beside the single file'; return 1; }
  (cd "$work/published/$name" && timeout 300 ./deployed) >"$work/output" 2>&1 || { echo "exit code $?"; cat "$work/output"; return 1; }
  diff "$work/expected" "$work/output" && rm -rf "$work/published/$name"
}

runs_file() {
  (cd "$strangers" && timeout 300 dotnet run deployed.cs) >"$work/expected" 2>&1
  says '^mended: True$' "$work/expected" && says '^generator: 11 parameters, 6 buffers, ' "$work/expected" && says '^discriminator: 8 parameters, 6 buffers, ' "$work/expected"
}

publishes_single_file() { publish_as single -p:PublishAot=false -p:PublishSingleFile=true; }
publishes_trimmed() { publish_as trimmed -p:PublishAot=false -p:PublishTrimmed=true --self-contained true; }
publishes_natively() { publish_as native -p:PublishAot=true --self-contained true; }
can_link() { { command -v clang || command -v gcc; } && [[ -e /usr/include/zlib.h ]]; } >/dev/null

# What nobody kept must be told by Build(), not trained without.
tells_what_trimming_took() {
  ! publish_as bare -p:PublishAot=true --self-contained true -p:AdversarialKitKeepModules=false || return 1
  says 'Publishing trimmed away the fields|publishing trimmed away the fields' "$work/output" && says 'TrimmerRootAssembly|AdversarialKitKeepModules' "$work/output"
}
