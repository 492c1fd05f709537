# SPDX-License-Identifier: Apache-2.0
# Types a line and the tab key into an interactive zsh and prints what it offers, one a line:
#     zsh -f complete.zsh FUNCTIONS LINE
# FUNCTIONS is the folder with the completion functions. The inner zsh ends itself once it has
# completed, so that nothing waits for a time.
zmodload zsh/zpty
folder=$(mktemp -d)
cat > $folder/rc <<END
fpath=(${(q)1} \$fpath)
autoload -Uz compinit
compinit -u -D
compadd() {
  local -a offered
  builtin compadd -A offered "\$@"
  (( \$#offered )) && print -rl -- \$offered >> $folder/offered
  builtin compadd "\$@"
}
complete-and-end() {
  zle complete-word
  exit
}
zle -N complete-and-end
bindkey '^I' complete-and-end
PS1=READY
END
zpty shell "ZDOTDIR=/nonexistent zsh -f -i"
zpty -w shell "source $folder/rc"
zpty -r shell answer '*READY'
zpty -w -n shell "$2"$'\t'
while zpty -r shell answer; do :; done
[[ ! -f $folder/offered ]] || sort -u $folder/offered
rm -rf $folder
