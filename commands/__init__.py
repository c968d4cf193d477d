"""The commands of `rescate`, a module each: it reads its options, calls one function, prints.

stdout is data, stderr is talk.
"""
