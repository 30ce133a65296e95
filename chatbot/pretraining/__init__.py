"""Pretraining: how `models/base` was made, and how to make another. Nothing else imports it.

lines.py         what is read: a corpus, its frequent words and phrases, sentences cut off
teacher.py       what each line means, in the eyes of a large sentence encoder
distillation.py  how a small recurrent network learns to agree with it
"""
